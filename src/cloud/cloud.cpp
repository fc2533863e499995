#include "cloud/cloud.h"

#include <exception>
#include <optional>
#include <utility>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>

#include "aws/model.h"
#include "cloud/access/usage.h"
#include "cloud/callers.h"
#include "cloud/gateway.h"
#include "cloud/job_kinds.h"
#include "cloud/services.h"
#include "cloud/services/connectparticipant/websocket.h"
#include "cloud/store_folder.h"
#include "cloud/wait.h"
#include "net/server.h"

namespace trunkline::cloud {
namespace {

namespace asio = net::asio;

constexpr std::size_t kWorkers = 2;

// Runs a waits job to its end; what it throws is a bug of the job and ends it with an error.
net::aw<void> RunWaitJob(const WaitHandler* handler, WaitContext context, json::Object payload,
                         std::function<void(Answer<>)> done) {
  std::string bug;
  try {
    Answer<> answer = co_await handler->run(std::move(context), std::move(payload));
    done(std::move(answer));
    co_return;
  } catch (const std::exception& thrown) {
    bug = thrown.what();
  }
  done(ServiceError("InternalFailure", bug).WithStatus(500));
}

Answer<void> WithoutOutput(Answer<> answer) {
  if (!answer) return std::move(answer).error();
  return {};
}

}  // namespace

struct Cloud::State {
  State(CloudOptions options_, CloudWorld world_) : options(std::move(options_)), world(world_) {}

  CloudOptions options;
  CloudWorld world;
  aws::Models models;
  PrivateFolder private_folder;  // objects and services' files when the state is in memory
  std::unique_ptr<Store> store;
  std::unique_ptr<Objects> objects;
  std::unique_ptr<Jobs> jobs;
  access::Usage usage;  // with --enforce-iam
  std::unique_ptr<Dispatch> dispatch;
  std::unique_ptr<asio::thread_pool> workers;  // started when first needed
  std::unique_ptr<Engine> engine;
  std::unique_ptr<Gateway> gateway;
  std::unique_ptr<net::Server> server;

  Result<void> OpenState();
  void Join();
  Jobs::Runner MakeRunner();
  void SetPort(std::uint16_t port) {
    engine->endpoint = fmt::format("http://{}:{}", options.address, port);
  }
};

Result<void> Cloud::State::OpenState() {
  TL_TRY(store, Store::Open({.folder = options.data}));
  std::string folder = options.data;
  if (folder.empty()) {
    TL_TRY(private_folder, PrivateFolder::Make());
    folder = private_folder.path();
  }
  TL_TRY(objects, Objects::Open(*store, folder + "/objects"));
  return {};
}

void Cloud::State::Join() {
  const auto kinds = options.job_kinds.empty() ? AllJobKinds() : options.job_kinds;
  const auto services = options.services.empty() ? AllServices() : options.services;
  jobs = std::make_unique<Jobs>(*store, world.timers, world.random, world.log, kinds,
                                Jobs::Options{.realistic_delays = options.realistic_delays});
  dispatch = std::make_unique<Dispatch>(models, services);
  if (options.settings.enforce_iam) dispatch->SetUsage(&usage);
  engine = std::unique_ptr<Engine>(
      new Engine{.loop = world.loop,
                 .timers = world.timers,
                 .clock = world.clock,
                 .real_clock = world.real_clock,
                 .random = world.random,
                 .log = world.log,
                 .environment = world.environment,
                 .store = *store,
                 .objects = *objects,
                 .jobs = *jobs,
                 .dispatch = *dispatch,
                 .settings = options.settings,
                 .endpoint = {},
                 .data_folder = options.data.empty() ? private_folder.path() : options.data,
                 .repositories = options.repositories,
                 .on_worker =
                     [this](std::function<void()> work) {
                       if (!workers) workers = std::make_unique<asio::thread_pool>(kWorkers);
                       asio::post(*workers, std::move(work));
                     },
                 .residents = {}});
  SetPort(options.port);
  gateway = std::make_unique<Gateway>(
      *engine, GatewayOptions{.require_signatures = options.require_signatures});
  jobs->SetRunner(MakeRunner());
}

Jobs::Runner Cloud::State::MakeRunner() {
  return {
      .state =
          [this](const Scope& scope, const std::function<Answer<void>(Context&)>& work) {
            Reply dropped;
            return WithoutOutput(engine->State(RootCaller(scope.account), scope.region,
                                               NewUuid(world.random), nullptr, dropped,
                                               [&](Context& context) -> Answer<> {
                                                 TL_DO(work(context));
                                                 return json::Object();
                                               }));
          },
      .wait =
          [this](const Scope& scope, const WaitHandler& handler, json::Object payload,
                 std::function<void(Answer<>)> done) {
            WaitContext context(*engine, RootCaller(scope.account), scope.region,
                                NewUuid(world.random));
            asio::co_spawn(
                world.loop,
                RunWaitJob(&handler, std::move(context), std::move(payload), std::move(done)),
                asio::detached);
          },
  };
}

Cloud::Cloud(std::unique_ptr<State> state) : state_(std::move(state)) {}

Cloud::~Cloud() {
  Stop();
  // Workers first: they may hold objects that are about to go.
  if (state_->workers) state_->workers->join();
}

Result<std::unique_ptr<Cloud>> Cloud::Open(CloudOptions options, CloudWorld world) {
  auto state = std::make_unique<State>(std::move(options), world);
  TL_DO(state->OpenState());
  state->Join();
  state->jobs->Resume();
  return std::unique_ptr<Cloud>(new Cloud(std::move(state)));
}

Result<void> Cloud::Start() {
  net::ServerOptions options{.address = state_->options.address, .port = state_->options.port};
  options.websocket = [engine = state_->engine.get()](const net::Request& request) {
    return participant::OpenWebSocket(*engine, request);
  };
  const auto handler = [gateway = state_->gateway.get()](net::Request request) {
    return gateway->Handle(std::move(request));
  };
  TL_TRY(state_->server,
         net::Server::Listen(state_->world.loop, options, handler, state_->world.log));
  state_->SetPort(state_->server->port());
  return {};
}

void Cloud::Stop() {
  if (state_->server) state_->server->Stop();
}

std::uint16_t Cloud::port() const {
  return state_->server ? state_->server->port() : std::uint16_t{0};
}
const std::string& Cloud::endpoint() const {
  return state_->engine->endpoint;
}

net::aw<net::Response> Cloud::Handle(net::Request request) {
  return state_->gateway->Handle(std::move(request));
}

net::aw<Answer<>> Cloud::Call(Caller caller, std::string region, std::string service,
                              std::string operation, json::Object input) {
  const WaitContext context(*state_->engine, std::move(caller), std::move(region),
                            NewUuid(state_->world.random));
  co_return co_await context.Call(std::move(service), std::move(operation), std::move(input));
}

Result<void> Cloud::Reset() {
  return state_->engine->Reset();
}
Engine& Cloud::engine() {
  return *state_->engine;
}

}  // namespace trunkline::cloud
