export default {
  names: {
    folder: 'Dossier des données',
    engine: 'Moteur',
    auto: 'Modèle « auto »',
    js: 'JavaScript pour yt-dlp',
    workers: 'Workers',
    runner: 'Runner {name}',
  },
  says: {
    old: '{version}, trop ancienne',
    tool: {
      missing: 'Absent du PATH ; rien ne peut être transcrit sans lui',
      fails: 'Ne fonctionne pas : {error}',
    },
    onnx: {
      missing: 'Non installé',
      platform: 'Non disponible pour {platform}',
    },
    folder: {
      free: '{path}, {free, number} Go libres',
    },
    engine: {
      device: '{model} sur {device}',
      server: '{model} du serveur {server}, qui répond',
      standIn: 'PocketSphinx, un modèle de remplacement : anglais seulement, et approximatif',
    },
    ytdlp: {
      none: 'Absent ; les liens ne peuvent pas être transcrits',
      found:
        '{version} ({source, select, managed {géré par Earshot} operator {EARSHOT_YTDLP} other {PATH}}, {days, plural, one {# jour} other {# jours}})',
    },
    js: {
      none: 'Aucun ; YouTube ne fournit certaines vidéos que si yt-dlp en a un : npm install --global deno',
    },
    workers: {
      counts:
        '{all, number} pour tout, {fetch, number} seulement pour récupérer, {recognise, number} seulement pour reconnaître',
    },
    runner: {
      unseen: 'N’a jamais demandé de travail',
      seen: '{models} sur {host}, version {version}{speed, plural, =0 {} other {, # fois le temps réel}}, {minutes, number} min de son, vu il y a {seconds, number} s',
      refused:
        'Son dernier résultat a été refusé ({fault}). {models} sur {host}, version {version}{speed, plural, =0 {} other {, # fois le temps réel}}, {minutes, number} min de son, vu il y a {seconds, number} s',
    },
    auto: {
      plan: '{plan} ; sinon {rest}',
    },
  },
  cures: {
    node: 'Installez Node.js 20.19 ou plus récent.',
    ffmpeg:
      'Installez ffmpeg 5 ou plus récent, qui contient aussi ffprobe : apt install ffmpeg, brew install ffmpeg.',
    onnx: {
      missing: 'Installez-le : {command}',
      platform: 'Utilisez Linux avec glibc, macOS ou Windows, sur x64 ou arm64.',
    },
    folder: {
      full: 'Libérez de la place : il reste moins de 1 Go.',
      closed: 'Donnez à EARSHOT_DATA_DIR un dossier où l’on peut écrire.',
    },
    engine: {
      none: '« earshot models list » montre ce qu’EARSHOT_MODEL peut nommer ; « earshot models pull whisper-base » en récupère un.',
      standIn: 'Récupérez un vrai modèle : earshot models pull whisper-base.',
    },
    ytdlp: {
      none: 'Récupérez-le avec « earshot yt-dlp update », ou donnez à EARSHOT_YTDLP une version 2025.11.12 ou plus récente.',
      old: 'Renouvelez-le avec « earshot yt-dlp update » : les plateformes changent, et les anciennes versions cessent de fonctionner.',
    },
    workers: {
      recognise:
        'Aucun worker ne reconnaît la parole, et le nouveau travail attend. Lancez-en un : earshot worker --only recognise.',
      fetch:
        'Aucun worker ne récupère les enregistrements, et le nouveau travail attend. Lancez-en un : earshot worker --only fetch.',
      fetchFor:
        'Aucun worker ne récupère pour {models}, et le nouveau travail correspondant attend. Lancez-en un : earshot worker --only fetch.',
    },
    runner:
      'Vérifiez que le programme y est le même que sur le serveur et que son modèle est entier ; son prochain bon résultat efface ceci.',
  },
}
