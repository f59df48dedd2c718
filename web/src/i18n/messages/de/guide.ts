export default {
  title: 'Erste Schritte',
  sample: {
    title: 'Das Beispiel ausprobieren',
    says: 'Legt eine kurze Aufnahme ins Formular oben. Klicken Sie auf „Transkribieren“, um den Text zu sehen.',
    use: 'Beispiel nehmen',
  },
  own: {
    title: 'Etwas Eigenes nehmen',
    says: 'Wählen Sie oben eine Datei, nehmen Sie etwas auf oder fügen Sie einen Link ein.',
  },
  key: {
    title: 'Einen API-Schlüssel erstellen',
    says: 'Programme und Skripte senden damit Aufnahmen. Jeder Schlüssel legt fest, was er darf.',
    go: 'Zu den API-Schlüsseln',
  },
}
