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
  fonts: {
    server: 'Le serveur n’a pas de police pour {scripts}',
    device: 'Cet appareil n’a pas de police pour certains caractères : {scripts}',
    script: '{name} ({letters})',
    onServer:
      'La création de la vidéo échouerait. La personne qui gère le serveur peut installer ce qui manque : {packages} sous Debian ou Ubuntu.',
    inPdf:
      'Le PDF afficherait des carrés à leur place. Installez une police adaptée, comme Noto (fonts.google.com/noto), puis rechargez cette page, ou imprimez depuis un autre appareil.',
    inFile:
      'Le fichier contient bien ces caractères, mais ne s’affiche correctement que sur un appareil doté d’une police adaptée, comme Noto (fonts.google.com/noto).',
  },
  preview: {
    video: 'Aperçu des sous-titres',
    label: 'Aperçu',
  },
}
