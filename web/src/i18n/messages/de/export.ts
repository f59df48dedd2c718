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
  film: {
    title: 'Video mit Untertiteln',
    about:
      'Der Server zeichnet die Untertitel in die Aufnahme ein und macht daraus eine MP4-Datei. Sie können diese Seite inzwischen verlassen. Das Video wird {days, plural, one {# Tag} other {# Tage}} lang aufbewahrt.',
    make: 'Video erstellen',
    again: 'Neu erstellen',
    stop: 'Anhalten',
    waiting: 'Wartet, bis es an der Reihe ist …',
    making: 'Das Video wird erstellt …',
    progress: 'Fortschritt des Videos',
    ready: 'Das Video ist fertig: {size}.',
    size: 'Schriftgröße',
    sizes: {
      small: 'Klein',
      medium: 'Mittel',
      large: 'Groß',
    },
    position: 'Position',
    positions: {
      bottom: 'Unten',
      top: 'Oben',
    },
  },
  fonts: {
    server: 'Dem Server fehlt eine Schriftart für {scripts}',
    device: 'Diesem Gerät fehlt eine Schriftart für einige Zeichen: {scripts}',
    script: '{name} ({letters})',
    onServer:
      'Das Video würde fehlschlagen. Wer den Server betreibt, kann installieren, was fehlt: {packages} unter Debian oder Ubuntu.',
    inPdf:
      'Im PDF stünden stattdessen Kästchen. Installieren Sie eine passende Schriftart, zum Beispiel Noto (fonts.google.com/noto), und laden Sie diese Seite neu, oder drucken Sie auf einem anderen Gerät.',
    inFile:
      'Die Datei enthält die Zeichen trotzdem, sieht aber nur auf einem Gerät mit passender Schriftart richtig aus, zum Beispiel Noto (fonts.google.com/noto).',
  },
  preview: {
    video: 'Vorschau der Untertitel',
    label: 'Vorschau',
  },
}
