export default {
  failed: 'この文字起こしを読み込めませんでした',
  footer: '<link>Earshot</link>で作成。自動認識のため、聞き間違いを含むことがあります。',
}
