// PostGraphile 5 as it comes, over the yardsticks' schema.
import { createServer } from "node:http";
import { grafserv } from "postgraphile/grafserv/node";
import { PostGraphileAmberPreset } from "postgraphile/presets/amber";
import { makePgService } from "postgraphile/adaptors/pg";
import { postgraphile } from "postgraphile";

// PostGraphile is written for Node.js 22, and of what 20 lacks asks this alone.
Promise.withResolvers ??= function () {
  const made = {};
  made.promise = new this((resolve, reject) => Object.assign(made, { resolve, reject }));
  return made;
};

const preset = {
  extends: [PostGraphileAmberPreset],
  pgServices: [
    makePgService({
      connectionString: process.env.DATABASE_URL,
      schemas: ["bench"],
      poolConfig: { max: 20 },
    }),
  ],
  grafast: { explain: false },
  grafserv: { graphiql: false, watch: false },
};

const server = createServer();
server.on("error", (error) => {
  console.error(error);
  process.exit(1);
});
const serve = postgraphile(preset).createServ(grafserv);
await serve.addTo(server);
server.listen(Number(process.env.PORT), "127.0.0.1");
