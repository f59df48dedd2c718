export default {
  label: 'または録音',
  fileName: '録音',
  kept: 'アップロードされるまで、このブラウザーに保存されます。',
  source: {
    microphone: 'マイク',
    tab: 'タブの音声',
    both: 'タブとマイク',
  },
  which: '使用するマイク',
  asking: {
    microphone: 'このページでマイクを使ってよいか、ブラウザーが確認しています。',
    tab: 'タブを選び、音声の共有をオンにしてください。',
  },
  recording: {
    microphone: 'マイクを録音中',
    tab: 'タブを録音中',
    both: 'タブとマイクを録音中',
  },
  paused: '一時停止中',
  length: '録音時間',
  pause: '一時停止',
  resume: '再開',
  stop: '録音を終了',
  silent: {
    microphone: '音が聞こえません。正しいマイクが選ばれ、オンになっていますか？',
    tab: '音が聞こえません。タブで何か再生されていますか？',
  },
  elsewhere: {
    ready: '録音が終わりました。',
    transcribe: '文字起こし',
  },
  keeping:
    '録音したものは、随時このブラウザーに保存されます。「文字起こしする」を押すまで、何も送信されません。',
  notKept: {
    title: 'このブラウザーの空き容量がありません',
    text: 'タブを閉じると、これ以降の録音は失われます。早めに終了し、ここまでの分を文字起こししてください。',
  },
  problemTitle: '録音されていません',
  problem: {
    insecure:
      'ブラウザーで録音できるのは、アドレスがhttps://で始まるページか、Earshotを動かしているコンピューターのhttp://localhostだけです。そのようなアドレスで開いてください。',
    unable: 'このブラウザーでは録音できません。Chrome、Edge、Firefox、Safariの最新版をお試しください。',
    noPermission:
      'このページではマイクの使用が許可されていません。アドレスバーの横の設定で許可し、もう一度お試しください。',
    noMicrophone: 'マイクがありません。接続して、もう一度お試しください。',
    microphoneBusy: 'マイクが応答しません。ほかのプログラムが使用している可能性があります。',
    nothingShared: 'タブが共有されませんでした。',
    noSoundShared:
      'タブが音声なしで共有されました。もう一度行い、「タブの音声も共有する」をオンにしてください。FirefoxとSafariは音声を共有できないため、ChromeかEdgeをお使いください。',
    failed: '録音できませんでした。もう一度お試しください。',
  },
  left: {
    title: 'アップロードされていない録音',
    says: 'このブラウザーにのみあります。',
    use: '選択',
    useNamed: '選択：{name}',
    listen: '聞く',
    listenNamed: '聞く：{name}',
    delete: '削除',
    deleteNamed: '削除：{name}',
    ask: 'この録音を削除しますか？',
    gone: '「{name}」はアップロードされていません。元に戻せません。',
    deleteForGood: '録音を削除',
    save: 'ファイルとして保存',
    unreadable: 'この録音を読み込めませんでした。',
  },
}
