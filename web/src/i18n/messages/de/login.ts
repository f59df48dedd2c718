export default {
  email: 'E-Mail-Adresse',
  password: 'Passwort',
  logIn: 'Anmelden',
  says: 'Mit der E-Mail-Adresse und dem Passwort Ihres Zugangs.',
  ended:
    'Ihre Sitzung ist beendet. Melden Sie sich an, um weiterzumachen: Was Sie in ein Transkript getippt haben, ist in diesem Browser gespeichert.',
  join: {
    title: 'Zugang anlegen',
    here: 'Für dieses Earshot.',
    operator: 'Sie betreuen dieses Earshot: die Modelle, die Konten und Ihre eigenen Transkripte.',
    account: 'Sie sind in das Konto „{account}“ eingeladen.',
    incomplete:
      'Diese Adresse ist unvollständig. Öffnen Sie den ganzen Link, einschließlich allem nach dem #.',
    failed: 'Ihre Einladung konnte nicht geladen werden',
    name: 'Ihr Name',
    emailSays: 'Damit melden Sie sich an. Es wird keine E-Mail dorthin gesendet.',
    passwordSays: 'Mindestens 10 Zeichen. Gut sind ein paar Wörter.',
    submit: 'Zugang anlegen',
  },
}
