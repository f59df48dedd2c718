export default {
  navigation: {
    label: 'Hauptnavigation',
    open: 'Navigation öffnen',
    close: 'Navigation schließen',
    skip: 'Zum Inhalt springen',
    start: 'Earshot, Startseite',
  },
  pages: {
    transcribe: 'Transkribieren',
    library: 'Bibliothek',
    transcript: 'Transkript',
    keys: 'API-Schlüssel',
    credits: 'Guthaben',
    posts: 'Beiträge',
    webhooks: 'Webhooks',
    settings: 'Einstellungen',
    operator: 'Betrieb',
    login: 'Anmelden',
    join: 'Ihr Zugang',
  },
  away: {
    title: 'Der Server antwortet nicht',
    text: 'Was Sie sehen, ist möglicherweise nicht mehr aktuell. Was Sie in Transkripten eingegeben haben, bleibt in diesem Browser gespeichert. Wir versuchen es weiter.',
  },
  missing: {
    title: 'Diese Seite gibt es nicht',
    text: 'Vielleicht ist die Adresse falsch geschrieben oder der Inhalt existiert nicht mehr.',
    start: 'Zur Startseite',
  },
  trouble: {
    title: 'Diese Seite konnte nicht angezeigt werden',
    noAnswer: 'Der Server antwortet nicht. Besteht eine Verbindung?',
    status: 'Der Server hat mit einem Fehler geantwortet ({status}).',
  },
  scheme: { light: 'Zum hellen Design wechseln', dark: 'Zum dunklen Design wechseln' },
  who: {
    label: 'Ihr Zugang und Abmelden',
    byProxy: 'Ihr Proxy meldet Sie an und ab.',
    logOut: 'Abmelden',
    everywhere: 'Überall abmelden',
  },
  language: 'Sprache',
}
