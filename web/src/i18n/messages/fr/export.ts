export default {
  dialog: {
    title: 'Télécharger',
    format: 'Format',
    lineLength: 'Caractères par ligne',
    lines: 'Lignes à la fois',
    fps: 'Images par seconde',
    speakers: 'Intervenants',
    times: 'Minutage',
    pdf: 'PDF, par l’impression',
    print: 'Imprimer ou enregistrer en PDF',
    cancel: 'Annuler',
  },
  film: {
    title: 'Vidéo sous-titrée',
    about:
      'Le serveur incruste les sous-titres dans l’enregistrement et en fait un fichier MP4. Vous pouvez quitter cette page en attendant. La vidéo est conservée {days, plural, one {# jour} other {# jours}}.',
    make: 'Créer la vidéo',
    again: 'Recréer la vidéo',
    stop: 'Arrêter',
    noFont: 'Le serveur n’a pas de police pour {scripts}',
    script: '{name} ({letters})',
    installFont:
      'La création de la vidéo échouerait. La personne qui gère le serveur peut installer une police, par exemple les paquets fonts-noto-core et fonts-noto-cjk sous Debian ou Ubuntu.',
    waiting: 'En attente de son tour…',
    making: 'Création de la vidéo…',
    progress: 'Avancement de la vidéo',
    ready: 'La vidéo est prête : {size}.',
    size: 'Taille des caractères',
    sizes: {
      small: 'Petite',
      medium: 'Moyenne',
      large: 'Grande',
    },
    position: 'Position',
    positions: {
      bottom: 'En bas',
      top: 'En haut',
    },
  },
  preview: {
    video: 'Aperçu des sous-titres',
    label: 'Aperçu',
  },
}
