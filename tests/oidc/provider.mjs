// An OpenID Connect provider on loopback, as a force would have one. Prints its issuer when it is ready.
// Who signs in, and by which proofs, is said in the address of its sign-in page: ?as=NAME&amr=pwd,mfa
import { Provider } from "oidc-provider";
import http from "node:http";

const [redirect, people] = [process.argv[2], JSON.parse(process.argv[3])];
const server = http.createServer();
server.listen(0, "127.0.0.1", () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [{ client_id: "office", client_secret: "a secret of tests", redirect_uris: [redirect] }],
    claims: { openid: ["sub", "oid", "amr"], email: ["email", "email_verified"], profile: ["name"] },
    conformIdTokenClaims: false,
    features: { devInteractions: { enabled: false } },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, ...people[id] }) }),
    interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
    async loadExistingGrant(ctx) {
      const grant = new provider.Grant({ clientId: "office", accountId: ctx.oidc.session.accountId });
      grant.addOIDCScope("openid email profile");
      await grant.save();
      return grant;
    },
  });
  const answer = provider.callback();
  server.on("request", (request, response) => {
    const asked = new URL(request.url, issuer);
    if (!asked.pathname.startsWith("/interaction/")) return answer(request, response);
    const login = { accountId: asked.searchParams.get("as"), amr: asked.searchParams.get("amr")?.split(",") };
    const said = login.accountId ? { login } : { error: "access_denied" };
    return provider.interactionFinished(request, response, said, { mergeWithLastSubmission: false });
  });
  console.log(`ready ${issuer}`);
});
