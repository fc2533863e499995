#include <csignal>
#include <filesystem>

#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/signal_set.hpp>
#include <unistd.h>

#include "base/json_write.h"
#include "base/text.h"
#include "cli/fail.h"
#include "cli/list.h"
#include "cloud/cloud.h"

namespace trunkline::cli {
namespace {

constexpr Option kOptions[] = {
    {.name = "--port", .value = "N", .help = "the port on 127.0.0.1 (default 4566; 0: a free one)"},
    {.name = "--data",
     .value = "DIR",
     .help = "where the state is kept (default: .trunkline in the working folder)"},
    {.name = "--ephemeral",
     .value = "",
     .help = "keep nothing: the state is in memory and gone at the end"},
    {.name = "--repositories",
     .value = "DIR",
     .help = "serve the git repositories of DIR, each as its owner/name below it"},
    {.name = "--require-signatures", .value = "", .help = "verify the signature of every request"},
    {.name = "--enforce-iam",
     .value = "",
     .help = "let IAM's, resources' and sessions' policies decide on every call"},
    {.name = "--realistic-delays",
     .value = "",
     .help = "take as long as AWS does to create instances and build bots"},
    {.name = "--with-parent",
     .value = "",
     .help = "end when standard input is closed, as it is when the program that started it ends"},
};

Result<cloud::CloudOptions> ReadOptions(const Arguments& arguments) {
  cloud::CloudOptions options;
  const std::string port = arguments.Get("--port", "4566");
  const auto number = ToInt(port);
  if (!number || *number < 0 || *number > 65535) {
    return Error(ErrorKind::kInvalid, "expected a port from 0 to 65535 but got '{}'", port);
  }
  if (arguments.Has("--ephemeral") && arguments.Has("--data")) {
    return Error(ErrorKind::kInvalid,
                 "--data keeps the state and --ephemeral does not; give one of them");
  }
  if (arguments.Has("--data") && arguments.Get("--data").empty()) {
    return Error(ErrorKind::kInvalid,
                 "expected a folder after --data; a cloud that keeps nothing is --ephemeral");
  }
  if (arguments.Has("--repositories")) {
    options.repositories = std::filesystem::absolute(arguments.Get("--repositories"));
    if (!std::filesystem::is_directory(options.repositories)) {
      return Error(ErrorKind::kInvalid, "expected a folder after --repositories but got '{}'",
                   arguments.Get("--repositories"));
    }
  }
  options.port = static_cast<std::uint16_t>(*number);
  if (!arguments.Has("--ephemeral")) options.data = arguments.Get("--data", ".trunkline");
  options.require_signatures = arguments.Has("--require-signatures");
  options.settings.enforce_iam = arguments.Has("--enforce-iam");
  options.realistic_delays = arguments.Has("--realistic-delays");
  return options;
}

std::string Greeting(const cloud::Cloud& cloud, const cloud::CloudOptions& options, bool as_json) {
  if (as_json) {
    const json::Object line{
        {"endpoint", cloud.endpoint()}, {"port", cloud.port()}, {"data", options.data}};
    return json::Write(json::Value(line)) + "\n";
  }
  return fmt::format(
      "The embedded cloud answers at {0}; its state is {1}.\n"
      "\n"
      "Current SDKs, the CDK and Terraform:\n"
      "  export AWS_ENDPOINT_URL={0} AWS_ACCESS_KEY_ID=123456789012 AWS_SECRET_ACCESS_KEY=test "
      "AWS_REGION=us-east-1\n"
      "AWS CLI before 2.13 (Debian's):\n"
      "  aws --endpoint-url {0} sts get-caller-identity\n"
      "An access key of 12 digits is the account. Ctrl-C ends the cloud.\n",
      cloud.endpoint(), options.data.empty() ? "in memory" : fmt::format("in '{}'", options.data));
}

// Calls `end` when nobody has the other end of our standard input any more. Nobody is expected to
// write to it.
template <class End>
Result<void> EndWithInput(net::asio::posix::stream_descriptor& input, End end) {
  boost::system::error_code failed;
  input.assign(::dup(STDIN_FILENO), failed);
  if (failed) {
    return Error(ErrorKind::kInvalid,
                 "--with-parent needs a pipe as standard input, and cannot watch this one: {}",
                 failed.message());
  }
  input.async_wait(net::asio::posix::stream_descriptor::wait_read,
                   [end](const boost::system::error_code& error) {
                     if (error != net::asio::error::operation_aborted) end();
                   });
  return {};
}

Exit Serve(World& world, const Arguments& arguments, const cloud::CloudOptions& options) {
  net::Loop loop(1);
  cloud::LoopTimers timers(loop, world.clock);
  const cloud::CloudWorld cloud_world{.loop = loop,
                                      .timers = timers,
                                      .clock = world.clock,
                                      .real_clock = world.clock,
                                      .random = world.random,
                                      .log = world.log,
                                      .environment = world.environment};
  Result<std::unique_ptr<cloud::Cloud>> cloud = cloud::Cloud::Open(options, cloud_world);
  if (!cloud) return Fail(world, arguments, cloud.error());
  const Result<void> started = (*cloud)->Start();
  if (!started) return Fail(world, arguments, started.error());
  const auto end = [&] {
    (*cloud)->Stop();
    loop.stop();
  };
  net::asio::signal_set signals(loop, SIGINT, SIGTERM);
  signals.async_wait([end](const boost::system::error_code& error, int) {
    if (!error) end();
  });
  net::asio::posix::stream_descriptor input(loop);
  if (arguments.Has("--with-parent")) {
    const Result<void> watched = EndWithInput(input, end);
    if (!watched) return Fail(world, arguments, watched.error(), Exit::kUsage);
  }
  world.out.Write(Greeting(**cloud, options, arguments.Has("--json")));
  loop.run();
  return Exit::kDone;
}

Exit RunUp(World& world, const Arguments& arguments) {
  const Result<cloud::CloudOptions> options = ReadOptions(arguments);
  if (options) return Serve(world, arguments, *options);
  return Fail(world, arguments, options.error(), Exit::kUsage);
}

}  // namespace

const Command kUpCommand{
    .name = "up",
    .summary = "runs the embedded cloud: an AWS on this machine that needs no account",
    .positionals = "",
    .options = kOptions,
    .details = "",
    .example = "trunkline up --ephemeral",
    .run = RunUp};

}  // namespace trunkline::cli
