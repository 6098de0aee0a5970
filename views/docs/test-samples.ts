/** Pieces of code with which a test gets a world of its own, by the framework that runs it. */
export const test_samples = {
  vitestTest: `import { it } from 'tupu-simulator/vitest'
import { expect } from 'vitest'

it('tells a new hire by WeChat', async ({ world }) => {
  await world.register('13800138000')
  await startPlatform(world.env) // yours, with TUPU_BASE_URL, TUPU_EID and the rest; it sends
  expect(await world.message({ mobile: '13800138000' })).toMatchObject({ state: 'delivered' })
})

const frozen = { clock: { mode: 'frozen', now: '2026-03-02T01:00:00Z' } } as const
it.extend({ worldInput: frozen })('waits until the review is over', async ({ world }) => {
  await world.advance('P14D')
})`,
  nodeTest: `import assert from 'node:assert/strict'
import { it } from 'tupu-simulator/node-test'

it('tells a new hire by WeChat', async ({ world }, t) => {
  await world.register('13800138000')
  await startPlatform(world.env) // yours, and it sends
  const { state } = await world.message({ mobile: '13800138000' })
  assert.equal(state, 'delivered', t.name)
})`,
  test: `import { createSimulator } from 'tupu-simulator'

const sim = await createSimulator({ data: ':memory:' })
await sim.listen({ port: 0 })

const w = await sim.world({ name: 'welcome' })
Object.assign(process.env, w.env)
await w.register('13800138000')
// your platform sends
await w.message({ mobile: '13800138000' })
await w.close()
await sim.close()`,
  pytestFixture: `# conftest.py
import json, os, re
from urllib.request import Request, urlopen

import pytest


def control(method, path, body=None):
    headers = {"Authorization": "Bearer " + os.environ.get("TUPU_SIM_CONTROL_TOKEN", "")}
    data = None if body is None else json.dumps(body).encode()
    url = os.environ["TUPU_SIM_URL"] + "/_sim/v1" + path
    with urlopen(Request(url, data, headers, method=method)) as answer:
        text = answer.read().decode()
    return json.loads(text) if text[:1] == "{" else text


@pytest.fixture
def world(request):
    """A world of this test alone: its name, accounts, people and env."""
    name = re.sub("[^a-z0-9]+", "-", request.node.nodeid.lower())[-63:].strip("-")
    made = control("POST", "/worlds", {"name": name, "if_exists": "replace"})
    yield made
    control("DELETE", "/worlds/" + name)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item):
    report = (yield).get_result()
    if report.when == "call" and report.failed and "world" in item.funcargs:
        path = "/worlds/" + item.funcargs["world"]["world"]
        sends = control("GET", path + "/exchanges?endpoint=message.send&limit=5")["items"]
        for trace in dict.fromkeys(send["trace"] for send in reversed(sends)):
            story = control("GET", f"{path}/traces/{trace}?format=text")
            report.sections.append(("what became of a send", story))`,
  pytestTest: `# test_welcome.py
import json
from urllib.request import Request, urlopen

from conftest import control


def send(env, mobile):  # instead of your platform
    body = {"eid": env["TUPU_EID"], "mobile": mobile, "message": "欢迎加入"}
    with urlopen(Request(env["TUPU_BASE_URL"] + "/messages", json.dumps(body).encode())) as answer:
        return json.load(answer)


def test_tells_a_new_hire_by_wechat(world):
    path = "/worlds/" + world["world"]
    control("POST", path + "/associations", {"mobile": "13800138000"})
    assert send(world["env"], "138 0013 8000")["errcode"] == 0
    wanted = {"for": {"message": {"mobile": "13800138000", "state": "delivered"}}}
    assert control("POST", path + "/wait", wanted)["found"]["line"] == "欢迎加入"
    assert send(world["env"], "13900139000")["errcode"] == 100011`,
  pytestRun: 'tupu-sim exec -- pytest',
  junit: `import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.*;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.utility.DockerImageName;

@Testcontainers
class WelcomeTest {
  static final String TOKEN = "a-token-of-these-tests";
  static final HttpClient http = HttpClient.newHttpClient();

  @Container
  static final GenericContainer<?> simulator =
      new GenericContainer<>(DockerImageName.parse("tupu-sim"))
          .withExposedPorts(8878)
          .withEnv("TUPU_SIM_CONTROL_TOKEN", TOKEN)
          .withEnv("TUPU_SIM_DATA", ":memory:")
          .withEnv("TUPU_SIM_PARTNER_OPEN", "true")
          .waitingFor(Wait.forHttp("/readyz").forPort(8878));

  String world;

  @BeforeEach
  void makeWorld() throws Exception {
    world = field(control("POST", "/worlds", "{}"), "world");
  }

  @AfterEach
  void endWorld() throws Exception {
    control("DELETE", "/worlds/" + world, "");
  }

  @Test
  void tellsANewHireByWeChat() throws Exception {
    var eid = field(control("GET", "/worlds/" + world, ""), "eid");
    control("POST", "/worlds/" + world + "/associations", "{\\"mobile\\":\\"13800138000\\"}");
    // instead of your platform, whose base URL is that of the container, with /w/, the world's name and /tupu/v1
    var body = "{\\"eid\\":\\"" + eid + "\\",\\"mobile\\":\\"13800138000\\",\\"message\\":\\"欢迎加入\\"}";
    var answer = call("POST", "/w/" + world + "/tupu/v1/messages", body);
    assertTrue(answer.contains("\\"errcode\\":0"), answer);
    var wanted = "{\\"for\\":{\\"message\\":{\\"mobile\\":\\"13800138000\\"}}}";
    var found = control("POST", "/worlds/" + world + "/wait", wanted);
    assertTrue(found.contains("\\"state\\":\\"delivered\\""), found);
  }

  static String control(String method, String path, String body) throws Exception {
    return call(method, "/_sim/v1" + path, body);
  }

  static String call(String method, String path, String body) throws Exception {
    var origin = "http://" + simulator.getHost() + ":" + simulator.getMappedPort(8878);
    var request = HttpRequest.newBuilder(URI.create(origin + path))
        .header("Authorization", "Bearer " + TOKEN)
        .method(method, HttpRequest.BodyPublishers.ofString(body))
        .build();
    return http.send(request, BodyHandlers.ofString()).body();
  }

  /** Of JSON the first field of this name: take the library that your project has. */
  static String field(String json, String name) {
    return json.replaceFirst("(?s).*?\\"" + name + "\\":\\"([^\\"]+)\\".*", "$1");
  }
}`,
} as const
