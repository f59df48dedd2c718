export default {
  email: 'Adresse e-mail',
  password: 'Mot de passe',
  logIn: 'Se connecter',
  says: 'Avec l’adresse e-mail et le mot de passe de votre accès.',
  ended:
    'Votre session a expiré. Connectez-vous pour continuer : ce que vous avez saisi dans une transcription est conservé dans ce navigateur.',
  join: {
    title: 'Créer votre accès',
    here: 'Pour ce serveur Earshot.',
    operator: 'Vous allez gérer ce serveur Earshot : ses modèles, ses comptes et vos propres transcriptions.',
    account: 'Vous êtes invité à rejoindre le compte « {account} ».',
    incomplete: 'Cette adresse est incomplète. Ouvrez le lien en entier, y compris ce qui suit le #.',
    failed: 'Impossible de charger votre invitation',
    name: 'Votre nom',
    emailSays: 'Elle vous sert à vous connecter. Aucun e-mail n’y est envoyé.',
    passwordSays: 'Au moins 10 caractères. Quelques mots font l’affaire.',
    submit: 'Créer l’accès',
  },
}
