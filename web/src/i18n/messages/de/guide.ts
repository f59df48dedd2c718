export default {
  title: 'Erste Schritte',
  sample: {
    title: 'Das Beispiel ausprobieren',
    says: 'Eine kurze Aufnahme, ins Formular oben gelegt: Klicken Sie auf „Transkribieren“, und sehen Sie den Text.',
    use: 'Beispiel nehmen',
    failed:
      'Das Beispiel konnte nicht geladen werden. Versuchen Sie es noch einmal, oder wählen Sie eine eigene Datei.',
  },
  own: {
    title: 'Etwas Eigenes nehmen',
    says: 'Ziehen Sie eine Datei auf das Formular oben, nehmen Sie etwas auf oder fügen Sie einen Link ein.',
  },
  key: {
    title: 'Einen API-Schlüssel erstellen',
    says: 'Programme und Skripte senden damit Aufnahmen. Jeder Schlüssel legt fest, was er darf.',
    go: 'Zu den API-Schlüsseln',
  },
}
