export default {
  says: 'La parole de vos enregistrements et vidéos devient du texte horodaté.',
  failed: 'Impossible de charger ce que ce serveur sait faire',
  noModel: {
    title: 'Aucun modèle vocal n’est en service',
    text: 'Ce que vous envoyez attendra qu’il y en ait un.',
  },
  standIn: {
    title: 'Un modèle approximatif est en service',
    text: 'Il sert à faire des essais : attendez-vous à de nombreux mots erronés.',
  },
  models: {
    install: 'En installer un meilleur',
    operator: 'L’exploitant de ce serveur peut en installer un meilleur.',
  },
  order: {
    label: 'Ce qui doit être transcrit',
    links: 'Ou collez des liens',
    linksSay:
      'Vers des vidéos sur {platforms}, ou vers des fichiers multimédias. Autant que vous voulez ; le reste du texte est ignoré.',
    noLink: 'Ce n’est pas un lien : {text}',
  },
  notLoaded: 'Une partie de cette page n’a pas pu être chargée. Êtes-vous connecté au réseau ? Réessayez.',
}
