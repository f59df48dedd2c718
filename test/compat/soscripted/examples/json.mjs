const response = await fetch("https://soscripted.com/api/public/transcribe", {
  method: "POST",
  headers: {
    "Authorization": "Bearer sk_your_api_key_here",
    "Content-Type": "application/json",
  },
  body: JSON.stringify({
    url: "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
  }),
});

const data = await response.json();

if (data.ok) {
  console.log("Transcript:", data.caption.text);
} else {
  console.error("Error:", data.error);
}
