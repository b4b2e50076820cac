/** Discord's dark look, near enough for a picture. */
export const STYLE = `
*{box-sizing:border-box;margin:0}
body{display:flex;min-height:100vh;background:#313338;color:#dbdee1;font:16px/1.375 "gg sans","Noto Sans",Inter,sans-serif}
nav{width:240px;background:#2b2d31;padding:12px 8px;flex:none}
nav h1{font-size:16px;color:#f2f3f5;padding:4px 8px 16px}
nav a{display:block;padding:6px 8px;border-radius:4px;color:#949ba4;text-decoration:none}
nav a.here{background:#404249;color:#fff}
main{flex:1;min-width:0}
header{padding:12px 16px;font-weight:600;color:#f2f3f5;border-bottom:1px solid #26272b}
section{padding:8px 0 24px}
article{position:relative;padding:8px 48px 8px 72px;min-height:48px}
article.hidden{background:#5865f21a;box-shadow:inset 2px 0 #5865f2}
.asked{font-size:14px;color:#b5bac1;margin-bottom:4px}
.face{position:absolute;left:16px;width:40px;height:40px;border-radius:50%;background:#5865f2;color:#fff;display:grid;place-items:center;font-weight:600}
.who b{color:#f2f3f5;font-weight:500}
.app{background:#5865f2;color:#fff;font-size:10px;border-radius:3px;padding:2px 5px;margin-left:5px;vertical-align:2px}
time{font-size:12px;color:#949ba4;margin-left:8px}
h1,h2,h3{color:#f2f3f5;font-weight:700}section h2{font-size:20px;margin:8px 0 4px}section h3{font-size:16px}
p{white-space:pre-wrap;overflow-wrap:anywhere}
small{display:block;font-size:13px;color:#949ba4}
pre{background:#2b2d31;border:1px solid #1e1f22;border-radius:4px;padding:7px;margin:6px 0;font:14px/1.3 "Noto Sans Mono",Consolas,monospace;white-space:pre-wrap;max-width:90%}
pre i{display:inline-block;width:.6em;font-style:normal;text-align:center;white-space:pre}
code{background:#2b2d31;border-radius:3px;padding:0 3px;font:14px "Noto Sans Mono",Consolas,monospace}
a{color:#00a8fc}
.mention{background:#5865f24d;color:#c9cdfb;border-radius:3px;padding:0 2px}
.embed{background:#2b2d31;border-left:4px solid #5865f2;border-radius:4px;padding:8px 16px 12px 12px;margin-top:4px;max-width:520px;font-size:14px}
.edited,.only,.thinking{font-size:12px;color:#949ba4}
img{display:block;max-width:550px;max-height:350px;border-radius:8px;margin-top:6px}
.row{display:flex;gap:8px;margin-top:8px}
button{background:#4e5058;color:#fff;border:0;border-radius:3px;padding:8px 16px;font:500 14px inherit}
button.s1{background:#5865f2}button.s4{background:#da373c}
aside{margin:0 48px 8px 72px;border-left:2px solid #4e5058;background:#2b2d31;border-radius:8px}
aside h4{padding:8px 16px 0;color:#f2f3f5;font-weight:500}
`;
