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
  fonts: {
    server: 'サーバーに{scripts}のフォントがありません',
    device: 'この端末には一部の文字のフォントがありません：{scripts}',
    script: '{name}（{letters}）',
    onServer:
      'このままでは動画の作成に失敗します。サーバーの管理者が、足りないフォントをインストールする必要があります（DebianやUbuntuでは{packages}）。',
    inPdf:
      'PDFでは四角で表示されます。対応するフォント（Notoなど、fonts.google.com/noto）をインストールしてこのページを再読み込みするか、別の端末で印刷してください。',
    inFile:
      'ファイルには文字が含まれますが、対応するフォント（Notoなど、fonts.google.com/noto）がある端末でなければ正しく表示されません。',
  },
  preview: {
    video: '字幕のプレビュー',
    label: 'プレビュー',
  },
}
