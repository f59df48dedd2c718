export default {
  names: {
    folder: 'Pasta de dados',
    engine: 'Motor',
    auto: 'Modelo “auto”',
    js: 'JavaScript para o yt-dlp',
    workers: 'Workers',
    runner: 'Runner {name}',
  },
  says: {
    old: '{version}, antiga demais',
    tool: {
      missing: 'Não está no PATH; sem ele nada pode ser transcrito',
      fails: 'Não funciona: {error}',
    },
    onnx: {
      missing: 'Não está instalado',
      platform: 'Não disponível para {platform}',
    },
    folder: {
      free: '{path}, {free, number} GB livres',
    },
    engine: {
      device: '{model} em {device}',
      server: '{model} do servidor {server}, que responde',
      standIn: 'PocketSphinx, um substituto: só inglês, e pouco preciso',
    },
    ytdlp: {
      none: 'Nenhum; links não podem ser transcritos',
      found:
        '{version} ({source, select, managed {gerenciado pelo Earshot} operator {EARSHOT_YTDLP} other {PATH}}, {days, plural, one {# dia} other {# dias}})',
    },
    js: {
      none: 'Nenhum; o YouTube só entrega alguns vídeos se o yt-dlp tiver um: npm install --global deno',
    },
    workers: {
      counts:
        '{all, number} para tudo, {fetch, number} só para baixar, {recognise, number} só para reconhecer',
    },
    runner: {
      unseen: 'Nunca pediu trabalho',
      seen: '{models} em {host}, versão {version}{speed, plural, =0 {} other {, # vezes o tempo real}}, {minutes, number} min de som, visto há {seconds, number} s',
      refused:
        'O último resultado foi recusado ({fault}). {models} em {host}, versão {version}{speed, plural, =0 {} other {, # vezes o tempo real}}, {minutes, number} min de som, visto há {seconds, number} s',
    },
    auto: {
      plan: '{plan}; senão, {rest}',
    },
  },
  cures: {
    node: 'Instale o Node.js 20.19 ou mais recente.',
    ffmpeg:
      'Instale o ffmpeg 5 ou mais recente, que inclui também o ffprobe: apt install ffmpeg, brew install ffmpeg.',
    onnx: {
      missing: 'Instale-o: {command}',
      platform: 'Use Linux com glibc, macOS ou Windows, em x64 ou arm64.',
    },
    folder: {
      full: 'Libere espaço: há menos de 1 GB livre.',
      closed: 'Defina EARSHOT_DATA_DIR como uma pasta com permissão de escrita.',
    },
    engine: {
      none: '“earshot models list” mostra o que EARSHOT_MODEL pode indicar; “earshot models pull whisper-base” baixa um.',
      standIn: 'Baixe um modelo de verdade: earshot models pull whisper-base.',
    },
    ytdlp: {
      none: 'Baixe-o com “earshot yt-dlp update”, ou indique em EARSHOT_YTDLP um de 2025.11.12 ou mais recente.',
      old: 'Renove-o com “earshot yt-dlp update”: as plataformas mudam, e versões antigas param de funcionar.',
    },
    workers: {
      recognise:
        'Nenhum worker reconhece a fala, e o novo trabalho espera. Inicie um: earshot worker --only recognise.',
      fetch:
        'Nenhum worker baixa gravações, e o novo trabalho espera. Inicie um: earshot worker --only fetch.',
      fetchFor:
        'Nenhum worker baixa para {models}, e o novo trabalho correspondente espera. Inicie um: earshot worker --only fetch.',
    },
    runner:
      'Verifique se o programa lá é o mesmo do servidor e se o modelo está completo; o próximo resultado bom limpa este aviso.',
  },
}
