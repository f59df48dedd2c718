export default {
  navigation: {
    label: 'メインナビゲーション',
    open: 'ナビゲーションを開く',
    close: 'ナビゲーションを閉じる',
    skip: '本文へ移動',
    start: 'Earshot ホーム',
  },
  pages: {
    transcribe: '文字起こし',
    library: 'ライブラリ',
    transcript: '文字起こし結果',
    keys: 'APIキー',
    credits: 'クレジット',
    posts: '投稿',
    webhooks: 'Webhook',
    settings: '設定',
    operator: 'サーバー管理',
    login: 'ログイン',
    join: 'アカウントの作成',
  },
  away: {
    title: 'サーバーが応答しません',
    text: '表示されている内容は最新でない可能性があります。文字起こしに入力した内容は、このブラウザーに保存されています。再接続を続けています。',
  },
  missing: {
    title: 'ページが見つかりません',
    text: 'アドレスが間違っているか、ページが削除された可能性があります。',
    start: 'ホームに戻る',
  },
  trouble: {
    title: 'このページを表示できませんでした',
    noAnswer: 'サーバーが応答しません。ネットワーク接続を確認してください。',
    status: 'サーバーでエラーが発生しました（{status}）。',
  },
  scheme: { light: 'ライトモードに切り替え', dark: 'ダークモードに切り替え' },
  who: {
    label: 'アカウントとログアウト',
    byProxy: 'ログインとログアウトはプロキシが行います。',
    logOut: 'ログアウト',
    everywhere: 'すべての端末からログアウト',
  },
  language: '言語',
}
