export default {
  label: 'Ou enregistrez',
  fileName: 'Enregistrement',
  kept: 'Il est conservé dans ce navigateur jusqu’à son envoi.',
  source: {
    microphone: 'Microphone',
    tab: 'Son d’un onglet',
    both: 'Onglet et microphone',
  },
  which: 'Quel microphone',
  asking: {
    microphone: 'Votre navigateur demande si cette page peut utiliser le microphone.',
    tab: 'Choisissez un onglet, et activez son audio.',
  },
  recording: {
    microphone: 'Enregistrement du microphone',
    tab: 'Enregistrement d’un onglet',
    both: 'Enregistrement d’un onglet et du microphone',
  },
  paused: 'En pause',
  length: 'Enregistré jusqu’ici',
  pause: 'Mettre en pause',
  resume: 'Reprendre',
  stop: 'Arrêter l’enregistrement',
  silent: {
    microphone: 'On n’entend rien. Le bon microphone est-il choisi, et allumé ?',
    tab: 'On n’entend rien. L’onglet joue-t-il quelque chose ?',
  },
  elsewhere: {
    ready: 'L’enregistrement est prêt.',
    transcribe: 'Transcrire',
  },
  keeping:
    'Ce qui est enregistré est conservé au fur et à mesure dans ce navigateur. Rien n’est envoyé avant que vous appuyiez sur « Transcrire ».',
  notKept: {
    title: 'Ce navigateur n’a plus de place',
    text: 'La suite de cet enregistrement sera perdue si l’onglet est fermé. Arrêtez bientôt, et transcrivez ce que vous avez.',
  },
  problemTitle: 'Rien n’est enregistré',
  problem: {
    insecure:
      'Les navigateurs ne laissent une page enregistrer que si son adresse commence par https://, ou par http://localhost sur l’ordinateur où tourne Earshot. Ouvrez Earshot à une telle adresse.',
    unable:
      'Ce navigateur ne peut pas enregistrer. Essayez une version récente de Chrome, Edge, Firefox ou Safari.',
    noPermission:
      'Le navigateur ne laisse pas cette page utiliser le microphone. Autorisez-le dans les réglages à côté de l’adresse, et réessayez.',
    noMicrophone: 'Il n’y a pas de microphone. Branchez-en un, et réessayez.',
    microphoneBusy: 'Le microphone ne répond pas. Un autre programme l’utilise peut-être.',
    nothingShared: 'Aucun onglet n’a été partagé.',
    noSoundShared:
      'L’onglet a été partagé sans son audio. Réessayez, et activez « Partager aussi l’audio de l’onglet ». Firefox et Safari ne peuvent pas partager le son : utilisez Chrome ou Edge.',
    failed: 'Le navigateur n’a pas pu enregistrer. Réessayez.',
  },
  left: {
    title: 'Enregistrements non envoyés',
    says: 'Ils sont seulement dans ce navigateur.',
    use: 'Choisir',
    useNamed: 'Choisir : {name}',
    listen: 'Écouter',
    listenNamed: 'Écouter : {name}',
    delete: 'Supprimer',
    deleteNamed: 'Supprimer : {name}',
    ask: 'Supprimer cet enregistrement ?',
    gone: '« {name} » n’a pas été envoyé. Il ne pourra pas être récupéré.',
    deleteForGood: 'Supprimer l’enregistrement',
    save: 'Enregistrer dans un fichier',
    unreadable: 'Le navigateur n’a pas pu lire cet enregistrement.',
  },
}
