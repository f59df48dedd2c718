export default {
  title: 'Premiers pas',
  sample: {
    title: 'Essayer l’exemple',
    says: 'Un court enregistrement, placé dans le formulaire ci-dessus : lancez la transcription et voyez son texte.',
    use: 'Prendre l’exemple',
  },
  own: {
    title: 'Prendre quelque chose à vous',
    says: 'Choisissez un fichier ci-dessus, enregistrez quelque chose ou collez un lien.',
  },
  key: {
    title: 'Créer une clé d’API',
    says: 'Les programmes et les scripts s’en servent pour envoyer des enregistrements. Chaque clé dit ce qu’elle permet.',
    go: 'Aller aux clés d’API',
  },
}
