export default {
  names: {
    folder: 'Carpeta de datos',
    engine: 'Motor',
    auto: 'Modelo «auto»',
    js: 'JavaScript para yt-dlp',
    workers: 'Workers',
    runner: 'Runner {name}',
  },
  says: {
    old: '{version}, demasiado antigua',
    tool: {
      missing: 'No está en el PATH; sin él no se puede transcribir nada',
      fails: 'No funciona: {error}',
    },
    onnx: {
      missing: 'No está instalado',
      platform: 'No disponible para {platform}',
    },
    folder: {
      free: '{path}, {free, number} GB libres',
    },
    engine: {
      device: '{model} en {device}',
      server: '{model} del servidor {server}, que responde',
      standIn: 'PocketSphinx, un sustituto: solo inglés, y poco preciso',
    },
    ytdlp: {
      none: 'No hay; los enlaces no se pueden transcribir',
      found:
        '{version} ({source, select, managed {gestionado por Earshot} operator {EARSHOT_YTDLP} other {PATH}}, {days, plural, one {# día} other {# días}})',
    },
    js: {
      none: 'Ninguno; YouTube solo entrega algunos vídeos si yt-dlp tiene uno: npm install --global deno',
    },
    workers: {
      counts:
        '{all, number} para todo, {fetch, number} solo para descargar, {recognise, number} solo para reconocer',
    },
    runner: {
      unseen: 'Nunca ha pedido trabajo',
      seen: '{models} en {host}, versión {version}{speed, plural, =0 {} other {, # veces el tiempo real}}, {minutes, number} min de sonido, visto hace {seconds, number} s',
      refused:
        'Su último resultado se ha rechazado ({fault}). {models} en {host}, versión {version}{speed, plural, =0 {} other {, # veces el tiempo real}}, {minutes, number} min de sonido, visto hace {seconds, number} s',
    },
    auto: {
      plan: '{plan}; si no, {rest}',
    },
  },
  cures: {
    node: 'Instala Node.js 20.19 o posterior.',
    ffmpeg:
      'Instala ffmpeg 5 o posterior, que incluye también ffprobe: apt install ffmpeg, brew install ffmpeg.',
    onnx: {
      missing: 'Instálalo: {command}',
      platform: 'Usa Linux con glibc, macOS o Windows, en x64 o arm64.',
    },
    folder: {
      full: 'Haz sitio: queda menos de 1 GB libre.',
      closed: 'Pon en EARSHOT_DATA_DIR una carpeta en la que se pueda escribir.',
    },
    engine: {
      none: '«earshot models list» muestra qué puede indicar EARSHOT_MODEL; «earshot models pull whisper-base» descarga uno.',
      standIn: 'Descarga un modelo de verdad: earshot models pull whisper-base.',
    },
    ytdlp: {
      none: 'Descárgalo con «earshot yt-dlp update», o indica en EARSHOT_YTDLP uno de 2025.11.12 o posterior.',
      old: 'Renuévalo con «earshot yt-dlp update»: las plataformas cambian y las versiones antiguas dejan de funcionar.',
    },
    workers: {
      recognise:
        'Ningún worker reconoce la voz, y el trabajo nuevo espera. Inicia uno: earshot worker --only recognise.',
      fetch:
        'Ningún worker descarga grabaciones, y el trabajo nuevo espera. Inicia uno: earshot worker --only fetch.',
      fetchFor:
        'Ningún worker descarga para {models}, y el trabajo nuevo correspondiente espera. Inicia uno: earshot worker --only fetch.',
    },
    runner:
      'Comprueba que el programa allí es el del servidor y que su modelo está completo; su próximo resultado correcto borra este aviso.',
  },
}
