/** How the image is run, by hand and from tests. */
export const containerSamples = {
  image: `docker build -t tupu-sim .
docker run --rm -p 8878:8878 -v tupu-sim:/data --read-only tupu-sim`,
  imageRun: `openssl rand -hex 16 > control-token && chmod a+r control-token
docker run -d --name tupu-sim -p 8878:8878 -v tupu-sim:/data --read-only --tmpfs /tmp \\
  -v ./control-token:/run/secrets/control-token:ro \\
  -e TUPU_SIM_CONTROL_TOKEN_FILE=/run/secrets/control-token \\
  -v ./tupu-sim.config.yaml:/config/tupu-sim.config.yaml:ro tupu-sim
docker exec tupu-sim node /app/dist/main.js ready --wait 30s
docker run --rm -v ./tupu-sim.config.yaml:/config/tupu-sim.config.yaml:ro tupu-sim check-config`,
  compose: `openssl rand -hex 16 > control-token && docker compose up --build`,
  containersNode: `import { GenericContainer, Wait } from 'testcontainers'

const token = 'sixteen-characters'
const sim = await new GenericContainer('tupu-sim')
  .withExposedPorts(8878)
  .withEnvironment({ TUPU_SIM_CONTROL_TOKEN: token, TUPU_SIM_DATA: ':memory:' })
  .withWaitStrategy(Wait.forHttp('/readyz', 8878))
  .start()
const response = await fetch(\`http://\${sim.getHost()}:\${sim.getMappedPort(8878)}/_sim/v1/worlds\`, {
  method: 'POST',
  headers: { Authorization: \`Bearer \${token}\` },
  body: JSON.stringify({ name: 'welcome' }),
})
const { env } = await response.json()
Object.assign(process.env, env)
// your platform sends
await sim.stop()`,
  containersPython: `import json
import urllib.request

from testcontainers.core.container import DockerContainer
from testcontainers.core.waiting_utils import wait_for_logs

TOKEN = "sixteen-characters"


def test_reaches_whoever_has_registered(monkeypatch):
    image = DockerContainer("tupu-sim").with_exposed_ports(8878)
    image.with_env("TUPU_SIM_CONTROL_TOKEN", TOKEN).with_env("TUPU_SIM_DATA", ":memory:")
    with image as sim:
        wait_for_logs(sim, "listening")
        url = f"http://{sim.get_container_host_ip()}:{sim.get_exposed_port(8878)}"
        request = urllib.request.Request(
            url + "/_sim/v1/worlds",
            json.dumps({"name": "welcome"}).encode(),
            {"Authorization": "Bearer " + TOKEN},
        )
        world = json.load(urllib.request.urlopen(request))
        for name, value in world["env"].items():
            monkeypatch.setenv(name, value)
        # your platform sends`,
}
