export default {
  dialog: {
    title: 'Herunterladen',
    format: 'Format',
    lineLength: 'Zeichen pro Zeile',
    lines: 'Zeilen gleichzeitig',
    fps: 'Bilder pro Sekunde',
    speakers: 'Sprecher',
    times: 'Zeitangaben',
    pdf: 'PDF, über den Druck',
    print: 'Drucken oder als PDF speichern',
    cancel: 'Abbrechen',
  },
  preview: {
    video: 'Vorschau der Untertitel',
    label: 'Vorschau',
    failed: 'Die Vorschau konnte nicht geladen werden.',
  },
}
