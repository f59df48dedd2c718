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
  preview: {
    video: '字幕のプレビュー',
    label: 'プレビュー',
    failed: 'プレビューを読み込めませんでした。',
  },
}
