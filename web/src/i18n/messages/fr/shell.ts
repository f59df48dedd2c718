export default {
  navigation: {
    label: 'Navigation principale',
    open: 'Ouvrir la navigation',
    close: 'Fermer la navigation',
    skip: 'Aller au contenu',
    start: 'Earshot, accueil',
  },
  pages: {
    transcribe: 'Transcrire',
    library: 'Bibliothèque',
    transcript: 'Transcription',
    keys: 'Clés API',
    credits: 'Crédits',
    posts: 'Publications',
    webhooks: 'Webhooks',
    settings: 'Paramètres',
    operator: 'Exploitation',
    login: 'Connexion',
    join: 'Votre accès',
  },
  away: {
    title: 'Le serveur ne répond pas',
    text: 'Les informations affichées ne sont peut-être plus à jour. Ce que vous avez saisi dans les transcriptions est conservé dans ce navigateur. Nous continuons d’essayer.',
  },
  missing: {
    title: 'Cette page n’existe pas',
    text: 'L’adresse est peut-être mal saisie, ou le contenu a disparu.',
    start: 'Retour à l’accueil',
  },
  trouble: {
    title: 'Impossible d’afficher cette page',
    noAnswer: 'Le serveur ne répond pas. Êtes-vous connecté au réseau ?',
    status: 'Le serveur a renvoyé une erreur ({status}).',
  },
  scheme: { light: 'Passer au thème clair', dark: 'Passer au thème sombre' },
  who: {
    label: 'Votre compte et déconnexion',
    byProxy: 'Votre proxy gère la connexion et la déconnexion.',
    logOut: 'Se déconnecter',
    everywhere: 'Se déconnecter partout',
  },
  language: 'Langue',
}
