export default {
  title: 'Commentaires',
  add: 'Commenter',
  write: 'Commenter ce passage',
  label: 'Votre commentaire',
  none: 'Aucun commentaire ouvert. Sélectionnez des mots, ou placez le curseur dans une ligne, et appuyez sur C.',
  failed: 'Impossible de charger les commentaires',
  showResolved:
    '{count, plural, one {Afficher # commentaire résolu} other {Afficher # commentaires résolus}}',
  resolvedBy: 'Résolu par {name}',
  gone: {
    author: 'Une personne qui n’est plus là',
    words: 'Ces mots ne sont plus dans la transcription.',
  },
  changed: 'Les mots ont été modifiés depuis.',
  edited: 'modifié',
  reply: 'Répondre',
  resolve: 'Résoudre',
  reopen: 'Rouvrir',
  edit: 'Modifier',
  save: 'Enregistrer',
  remove: {
    open: 'Supprimer',
    title: 'Supprimer ce commentaire ?',
    says: '{count, plural, =0 {Il ne pourra pas être restauré.} one {Sa réponse est supprimée aussi. Rien ne pourra être restauré.} other {Ses # réponses sont supprimées aussi. Rien ne pourra être restauré.}}',
  },
}
