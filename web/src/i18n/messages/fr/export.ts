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
  preview: {
    video: 'Aperçu des sous-titres',
    label: 'Aperçu',
    failed: 'Impossible de charger l’aperçu.',
  },
}
