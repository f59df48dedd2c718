export default {
  names: {
    folder: 'Datenordner',
    engine: 'Erkennung',
    auto: 'Modell „auto“',
    js: 'JavaScript für yt-dlp',
    workers: 'Worker',
    runner: 'Runner {name}',
  },
  says: {
    old: '{version}, das ist zu alt',
    tool: {
      missing: 'Nicht im PATH; ohne das lässt sich nichts transkribieren',
      fails: 'Läuft nicht: {error}',
    },
    onnx: {
      missing: 'Nicht installiert',
      platform: 'Für {platform} nicht verfügbar',
    },
    folder: {
      free: '{path}, {free, number} GB frei',
    },
    engine: {
      device: '{model} auf {device}',
      server: '{model} vom Server {server}, der antwortet',
      standIn: 'PocketSphinx, ein Ersatzmodell: nur Englisch, und grob',
    },
    ytdlp: {
      none: 'Keines; Links lassen sich nicht transkribieren',
      found:
        '{version} ({source, select, managed {von Earshot verwaltet} operator {EARSHOT_YTDLP} other {PATH}}, {days, plural, one {# Tag} other {# Tage}} alt)',
    },
    js: {
      none: 'Keines; manche Videos gibt YouTube nur heraus, wenn yt-dlp eines hat: npm install --global deno',
    },
    workers: {
      counts: '{all, number} für alles, {fetch, number} nur zum Laden, {recognise, number} nur zum Erkennen',
    },
    runner: {
      unseen: 'Hat noch nie nach Arbeit gefragt',
      seen: '{models} auf {host}, Version {version}{speed, plural, =0 {} other {, #-fache Echtzeit}}, {minutes, number} Min. Ton, zuletzt gesehen vor {seconds, number} s',
      refused:
        'Das letzte Ergebnis wurde abgelehnt ({fault}). {models} auf {host}, Version {version}{speed, plural, =0 {} other {, #-fache Echtzeit}}, {minutes, number} Min. Ton, zuletzt gesehen vor {seconds, number} s',
    },
    auto: {
      plan: '{plan}; sonst {rest}',
    },
  },
  cures: {
    node: 'Installieren Sie Node.js 20.19 oder neuer.',
    ffmpeg:
      'Installieren Sie ffmpeg 5 oder neuer, das auch ffprobe enthält: apt install ffmpeg, brew install ffmpeg.',
    onnx: {
      missing: 'Installieren Sie es: {command}',
      platform: 'Verwenden Sie Linux mit glibc, macOS oder Windows, auf x64 oder arm64.',
    },
    folder: {
      full: 'Schaffen Sie Platz: Weniger als 1 GB ist frei.',
      closed: 'Setzen Sie EARSHOT_DATA_DIR auf einen Ordner, in den Earshot schreiben kann.',
    },
    engine: {
      none: '„earshot models list“ zeigt, was in EARSHOT_MODEL stehen kann; „earshot models pull whisper-base“ lädt ein Modell.',
      standIn: 'Laden Sie ein richtiges Modell: earshot models pull whisper-base.',
    },
    ytdlp: {
      none: 'Laden Sie es mit „earshot yt-dlp update“, oder geben Sie in EARSHOT_YTDLP eines ab Version 2025.11.12 an.',
      old: 'Erneuern Sie es mit „earshot yt-dlp update“: Plattformen ändern sich, und alte Versionen funktionieren irgendwann nicht mehr.',
    },
    workers: {
      recognise:
        'Kein Worker erkennt Sprache, und neue Arbeit wartet. Starten Sie einen: earshot worker --only recognise.',
      fetch:
        'Kein Worker lädt Aufnahmen, und neue Arbeit wartet. Starten Sie einen: earshot worker --only fetch.',
      fetchFor:
        'Für {models} lädt kein Worker Aufnahmen, und neue Arbeit dafür wartet. Starten Sie einen: earshot worker --only fetch.',
    },
    runner:
      'Prüfen Sie, ob dort dasselbe Programm läuft wie auf dem Server und ob sein Modell vollständig ist. Mit dem nächsten guten Ergebnis verschwindet diese Meldung.',
  },
}
