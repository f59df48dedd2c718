export default {
  names: {
    folder: 'データフォルダー',
    engine: '音声認識エンジン',
    auto: 'モデル「auto」',
    js: 'yt-dlp用のJavaScript',
    workers: 'ワーカー',
    runner: 'ランナー {name}',
  },
  says: {
    old: '{version}（古すぎます）',
    tool: {
      missing: 'PATHにありません。これがないと文字起こしできません',
      fails: '実行できません：{error}',
    },
    onnx: {
      missing: 'インストールされていません',
      platform: '{platform}には対応していません',
    },
    folder: {
      free: '{path}、空き容量 {free, number} GB',
    },
    engine: {
      device: '{model}（{device}）',
      server: 'サーバー {server} の {model}（応答あり）',
      standIn: '代用モデルのPocketSphinx：英語のみ、精度は低めです',
    },
    ytdlp: {
      none: 'ありません。リンクは文字起こしできません',
      found:
        '{version}（{source, select, managed {Earshotが管理} operator {EARSHOT_YTDLP} other {PATH}}、{days, plural, other {#日前}}）',
    },
    js: {
      none: 'ありません。YouTubeの一部の動画はyt-dlpにこれがないと取得できません：npm install --global deno',
    },
    workers: {
      counts: 'すべて担当：{all, number}、取得のみ：{fetch, number}、認識のみ：{recognise, number}',
    },
    runner: {
      unseen: 'まだ一度も接続していません',
      seen: '{host} の {models}、バージョン {version}{speed, plural, =0 {} other {、実時間の#倍}}、音声{minutes, number}分、最終接続 {seconds, number} 秒前',
      refused:
        '直前の結果は受け付けられませんでした（{fault}）。{host} の {models}、バージョン {version}{speed, plural, =0 {} other {、実時間の#倍}}、音声{minutes, number}分、最終接続 {seconds, number} 秒前',
    },
    auto: {
      plan: '{plan}、それ以外は {rest}',
    },
  },
  cures: {
    node: 'Node.js 20.19以降をインストールしてください。',
    ffmpeg:
      'ffmpeg 5以降をインストールしてください（ffprobeも含まれます）：apt install ffmpeg、brew install ffmpeg',
    onnx: {
      missing: 'インストールしてください：{command}',
      platform: 'x64またはarm64の、glibcのLinux、macOS、Windowsを使ってください。',
    },
    folder: {
      full: '空き容量を増やしてください。残りは1 GB未満です。',
      closed: 'EARSHOT_DATA_DIRを書き込み可能なフォルダーにしてください。',
    },
    engine: {
      none: '「earshot models list」でEARSHOT_MODELに指定できるものを確認し、「earshot models pull whisper-base」で取得できます。',
      standIn: '本来のモデルを取得してください：earshot models pull whisper-base',
    },
    ytdlp: {
      none: '「earshot yt-dlp update」で取得するか、EARSHOT_YTDLPに2025.11.12以降のものを指定してください。',
      old: '「earshot yt-dlp update」で更新してください。プラットフォームは変わるため、古いものは使えなくなります。',
    },
    workers: {
      recognise:
        '音声を認識するワーカーがなく、新しい処理は待機します。起動してください：earshot worker --only recognise',
      fetch:
        '録音を取得するワーカーがなく、新しい処理は待機します。起動してください：earshot worker --only fetch',
      fetchFor:
        '{models} のために取得するワーカーがなく、その新しい処理は待機します。起動してください：earshot worker --only fetch',
    },
    runner:
      'そのプログラムがサーバーと同じで、モデルが壊れていないことを確認してください。次に正しい結果が届くと消えます。',
  },
}
