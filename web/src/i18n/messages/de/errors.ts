export default {
  codes: {
    subscription: {
      required: 'Das Konto hat kein Abonnement.',
      inactive: 'Das Abonnement des Kontos ist nicht aktiv.',
      exists: 'Diese Liste ist schon abonniert.',
    },
    credits: {
      insufficient: 'Das Guthaben reicht nicht.',
    },
    resource: {
      not_found: 'Das gibt es nicht oder nicht mehr.',
    },
    link: {
      unsupported: 'Dieser Link führt zu keinem Beitrag auf einer unterstützten Plattform.',
    },
    media: {
      not_media: 'Die Datei ist keine lesbare Audio- oder Videodatei.',
      no_audio: 'Die Datei hat keinen Ton.',
      truncated: 'Die Datei ist abgeschnitten: Sie ist kürzer, als sie selbst angibt.',
      too_long: 'Die Aufnahme ist länger, als dieser Server erlaubt.',
      too_large: 'Die Datei ist größer, als dieser Server erlaubt.',
      unsupported_codec: 'Der Ton ist in einem Format, das der Server nicht lesen kann.',
      decode_failed: 'Der Ton der Datei lässt sich nicht lesen.',
      missing: 'Die Aufnahme ist hier nicht mehr gespeichert.',
    },
    upload: {
      gone: 'Das Hochladen ist abgelaufen. Beginnen Sie neu.',
    },
    fetch: {
      private: 'Der Beitrag ist privat.',
      gone: 'Der Beitrag wurde entfernt, oder es gab ihn nie.',
      login_required: 'Die Plattform zeigt diesen Beitrag nur angemeldeten Personen.',
      age_restricted: 'Der Beitrag hat eine Altersbeschränkung.',
      geo_blocked: 'Der Beitrag ist im Land des Servers nicht verfügbar.',
      live: 'Der Beitrag ist ein Livestream, der noch läuft.',
      upcoming: 'Der Beitrag ist noch nicht veröffentlicht.',
      platform_rate_limited:
        'Die Plattform begrenzt gerade die Anfragen dieses Servers. Versuchen Sie es später noch einmal.',
      address_blocked: 'Die Plattform sperrt die Adresse dieses Servers.',
      no_video: 'Der Beitrag hat kein Video.',
      no_audio: 'Das Video des Beitrags hat keinen Ton.',
      too_long: 'Das Video ist länger, als dieser Server erlaubt.',
      too_large: 'Das Video ist größer, als dieser Server erlaubt.',
      unsupported_link: 'Das Programm zum Herunterladen kennt diese Art von Link nicht.',
      network: 'Die Plattform war nicht erreichbar.',
      extractor_outdated:
        'Das Programm zum Herunterladen versteht die Plattform nicht mehr und muss aktualisiert werden.',
      no_feed:
        'Die Adresse ist keine Playlist, kein Kanal und kein Feed, oder darin ist nichts zu transkribieren.',
      captions_missing: 'Der Beitrag hat keine Untertitel der gewünschten Art.',
      fetcher_missing: 'Dem Server fehlt ein funktionierendes Programm zum Herunterladen.',
    },
    downloader: {
      not_updated:
        'Das Programm zum Herunterladen ließ sich nicht aktualisieren. Das vorhandene bleibt in Gebrauch.',
    },
    engine: {
      crashed: 'Die Spracherkennung ist an derselben Stelle zweimal abgestürzt.',
      hung: 'Die Spracherkennung hat nicht rechtzeitig geantwortet.',
      failed: 'Die Spracherkennung konnte einen Teil nicht transkribieren.',
      unavailable: 'Die Spracherkennung lässt sich nicht starten.',
    },
    model: {
      unknown: 'Dieses Modell ist nicht installiert.',
      in_use: 'Das Modell wird verwendet und kann nicht entfernt werden.',
      language: 'Das Modell kennt diese Sprache nicht.',
      no_speakers: 'Die Modelle, die Stimmen unterscheiden, sind nicht installiert.',
      no_translation: 'Das Modell kann nicht übersetzen.',
    },
    video: {
      unavailable: 'Das ffmpeg des Servers kann keine Untertitel in Videos einzeichnen.',
      no_font: 'Dem Server fehlt eine Schrift für einige Buchstaben der Untertitel.',
      too_large: 'Das Video würde größer, als dieser Server erlaubt.',
    },
    transcription: {
      timeout: 'Die Transkription hat zu lange gedauert und wurde aufgegeben. Es wurde nichts berechnet.',
      cancelled: 'Die Transkription wurde abgebrochen.',
      no_text: 'Die Transkription hat keinen Text.',
      lost: 'Die Transkription wurde zu oft unterbrochen.',
    },
    post: {
      too_long: 'Der Text ist zu lang für die Plattform.',
      ended:
        'Der Beitrag ist schon veröffentlicht, fehlgeschlagen oder abgebrochen, oder er wird gerade veröffentlicht.',
    },
    request: {
      too_large: 'Das ist mehr, als der Server auf einmal annimmt.',
    },
    rate: {
      limited: 'Zu viele Anfragen. Versuchen Sie es gleich noch einmal.',
    },
    storage: {
      full: 'Für Aufnahmen ist kein Platz mehr.',
      unavailable: 'Der Server erreicht seinen Speicher gerade nicht. Versuchen Sie es gleich noch einmal.',
    },
    database: {
      unavailable: 'Der Server erreicht seine Datenbank gerade nicht. Versuchen Sie es gleich noch einmal.',
    },
    payment: {
      unavailable: 'Der Zahlungsdienst ist nicht erreichbar oder lehnt ab.',
    },
    queue: {
      full: 'Auf diesem Server wartet zu viel Arbeit. Versuchen Sie es später noch einmal.',
      share: 'Von Ihnen wartet schon zu viel Arbeit. Versuchen Sie es, wenn etwas davon fertig ist.',
    },
    account: {
      limit: 'Davon kann das Konto nicht mehr haben. Löschen Sie zuerst einige.',
    },
    server: {
      stopping: 'Der Server wird angehalten. Die Arbeit geht nach dem Neustart weiter.',
    },
    session: {
      missing:
        'In diesem Browser ist niemand angemeldet, oder die Sitzung ist beendet. Bitte melden Sie sich an.',
      origin: 'Die Anfrage kommt von der Seite einer anderen Website.',
    },
    login: {
      failed: 'E-Mail-Adresse und Passwort passen nicht zusammen.',
      throttled: 'Zu viele falsche Anmeldungen. Warten Sie eine Weile, bevor Sie es noch einmal versuchen.',
    },
    invitation: {
      invalid: 'Die Einladung wurde schon benutzt oder ist zu alt.',
    },
    role: {
      forbidden: 'Das dürfen nur die Inhaber des Kontos oder der Betreiber.',
    },
    edit: {
      conflict: 'Jemand anders hat das Transkript inzwischen gespeichert.',
    },
    share: {
      revoked: 'Dieser Link gilt nicht mehr. Bitten Sie um einen neuen.',
    },
    internal: 'In Earshot ist etwas schiefgegangen. Das Protokoll hat die Einzelheiten.',
  },
}
