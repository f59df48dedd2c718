export default {
  says: 'Aus Sprache in Aufnahmen und Videos wird Text mit Zeitangaben.',
  failed: 'Die Möglichkeiten dieses Servers konnten nicht geladen werden',
  noModel: {
    title: 'Kein Sprachmodell in Betrieb',
    text: 'Was Sie senden, wartet, bis es eines gibt.',
  },
  standIn: {
    title: 'Ein grobes Modell ist in Betrieb',
    text: 'Es dient zum Ausprobieren: Rechnen Sie mit vielen falschen Wörtern.',
  },
  models: {
    install: 'Ein besseres installieren',
    operator: 'Wer diesen Server betreibt, kann ein besseres installieren.',
  },
  order: {
    label: 'Was transkribiert werden soll',
    links: 'Oder Links einfügen',
    linksSay:
      'Zu Videos auf {platforms} oder zu Mediendateien. So viele Sie möchten; anderer Text wird ignoriert.',
    noLink: 'Das ist kein Link: {text}',
  },
  notLoaded:
    'Ein Teil dieser Seite konnte nicht geladen werden. Besteht eine Verbindung? Versuchen Sie es noch einmal.',
}
