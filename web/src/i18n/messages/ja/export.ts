export default {
  dialog: {
    title: 'ダウンロード',
    format: '形式',
    lineLength: '1行の文字数',
    lines: '同時に表示する行数',
    fps: 'フレームレート（fps）',
    speakers: '話者',
    times: '時刻',
    pdf: 'PDF（印刷から）',
    print: '印刷またはPDFとして保存',
    cancel: 'キャンセル',
  },
  film: {
    title: '字幕付き動画',
    about:
      'サーバーが録音・録画に字幕を焼き込み、MP4ファイルを作成します。その間、このページを離れても構いません。動画は{days, plural, other {#日間}}保存されます。',
    make: '動画を作成',
    again: 'もう一度作成',
    stop: '中止',
    noFont: 'サーバーに{scripts}のフォントがありません',
    script: '{name}（{letters}）',
    installFont:
      'このままでは動画の作成に失敗します。サーバーの管理者がフォントをインストールする必要があります（DebianやUbuntuでは、fonts-noto-coreやfonts-noto-cjkなどのパッケージ）。',
    waiting: '順番を待っています…',
    making: '動画を作成しています…',
    progress: '動画の進行状況',
    ready: '動画ができました（{size}）。',
    size: '文字の大きさ',
    sizes: {
      small: '小',
      medium: '中',
      large: '大',
    },
    position: '位置',
    positions: {
      bottom: '下',
      top: '上',
    },
  },
  preview: {
    video: '字幕のプレビュー',
    label: 'プレビュー',
  },
}
