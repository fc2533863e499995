#include "app/demo.h"

#include <csignal>
#include <map>

#include <poll.h>
#include <unistd.h>

#include "app/aws_call.h"
#include "app/contact_client.h"
#include "app/deliver.h"
#include "app/deliver_text.h"
#include "base/finding_text.h"
#include "base/json_read.h"
#include "base/subprocess.h"
#include "center/init.h"
#include "center/load.h"

namespace trunkline::app {
namespace {

constexpr std::string_view kFlow = "ACME_Main";
constexpr Milliseconds kStartLimit{10000};
constexpr Milliseconds kClaimLimit{10000};

class Quiet final : public deploy::Progress {
 public:
  void Started(const deploy::Target&, const deploy::Change&) override {}
  void Done(const deploy::Target&, const deploy::Change&) override {}
  void Failed(const deploy::Target&, const deploy::Change&, const Error& error) override {
    errors_ += error.ToText() + "\n";
  }
  const std::string& errors() const { return errors_; }

 private:
  std::string errors_;
};

// The first line a child writes, or an error when none comes in time.
Result<std::string> FirstLine(int descriptor, Milliseconds limit) {
  std::string line;
  pollfd wait{.fd = descriptor, .events = POLLIN, .revents = 0};
  for (char c = 0;;) {
    if (::poll(&wait, 1, static_cast<int>(limit.count())) <= 0) {
      return Error(ErrorKind::kUnreached, "the embedded cloud did not start within {}",
                   ToDurationText(limit));
    }
    if (::read(descriptor, &c, 1) <= 0)
      return Error(ErrorKind::kUnreached, "the embedded cloud ended at once");
    if (c == '\n') return line;
    line += c;
  }
}

std::map<std::string, std::string> ChildEnvironment(const Environment& environment) {
  std::map<std::string, std::string> values;
  for (const char* name : {"PATH", "HOME", "TMPDIR", "LANG"}) {
    if (auto value = environment.Get(name)) values.emplace(name, *value);
  }
  return values;
}

struct RunningCloud {
  Child child;
  std::string endpoint;
};

// However the demo ends, Ctrl-C and kill -9 included, its cloud ends with it, but for --keep.
Result<RunningCloud> StartCloud(const AppWorld& world, bool keep) {
  ProcessSpec spec{.arguments = {world.self, "up", "--ephemeral", "--port", "0", "--json"},
                   .environment = ChildEnvironment(world.environment),
                   .folder = {},
                   .input = {}};
  if (!keep) spec.arguments.emplace_back("--with-parent");
  RunningCloud cloud;
  TL_TRY(cloud.child, Spawn(spec));
  TL_TRY(const std::string line, FirstLine(cloud.child.stdout_fd(), kStartLimit));
  TL_TRY(const json::Value started, json::Parse(line));
  cloud.endpoint =
      started.IsObject() ? started.AsObject().GetString("endpoint") : std::string_view();
  return cloud;
}

// Says each step with the time it took.
class Steps {
 public:
  Steps(const Clock& clock, const std::function<void(const std::string&)>& tell)
      : clock_(clock), tell_(tell), at_(clock.Now()), began_(at_) {}

  template <class... Args>
  void Done(fmt::format_string<Args...> text, Args&&... args) {
    Took(clock_.Now() - at_, fmt::format(text, std::forward<Args>(args)...));
  }
  // A step that knows its own time, as several that end together do.
  void Took(Milliseconds duration, std::string_view text) {
    tell_(fmt::format("{:>7}  {}", ToDurationText(duration), text));
    at_ = clock_.Now();
  }
  Milliseconds all() const { return clock_.Now() - began_; }

 private:
  const Clock& clock_;
  const std::function<void(const std::string&)>& tell_;
  TimePoint at_;
  TimePoint began_;
};

struct Story {
  AppWorld& world;  // with the demo's environment
  Steps& steps;
  DemoOutcome& outcome;
  std::string account;
  std::string region;  // the primary one
  std::string instance_id;
  const bool* stop = nullptr;

  // Asked between steps, so that what was made is taken away again.
  Result<void> MayGoOn() const {
    if (stop == nullptr || !*stop) return {};
    return Error(ErrorKind::kConflict, "the demo was interrupted");
  }
  Result<json::Object> Call(const std::string& service, const std::string& operation,
                            json::Object input) const {
    const AwsCallArgs args{.service = service,
                           .operation = operation,
                           .input = std::move(input),
                           .region = region,
                           .profile = {},
                           .endpoint_url = outcome.endpoint,
                           .all_pages = false};
    return CallAws(world, args);
  }
};

Result<void> DeliverCenter(Story& story) {
  const DeliverArgs args{.folder = story.outcome.folder,
                         .environment = "dev",
                         .region = {},
                         .project = {},
                         .endpoint_url = story.outcome.endpoint,
                         .profile = {},
                         .stop = story.stop};
  Quiet progress;
  TL_TRY(const DeliverReport report, Deliver(story.world, args, progress));
  TL_DO(story.MayGoOn());
  if (!report.ok()) {
    std::string why = ToText(report.findings) + progress.errors();
    for (const RegionReport& region : report.regions)
      why += ToText(region.plan.findings) + (region.error ? region.error->ToText() : "");
    return Error(ErrorKind::kConflict, "the center could not be delivered:\n{}", why);
  }
  for (const RegionReport& region : report.regions) {
    story.steps.Took(region.duration,
                     fmt::format("delivered {} resources to {} of account {}",
                                 CountShown(region.applied->done), region.region, report.account));
  }
  return {};
}

Result<std::string> IdOf(const Story& story, const std::string& operation, json::Object input,
                         std::string_view list, std::string_view name_member,
                         std::string_view name) {
  TL_TRY(const json::Object listed, story.Call("connect", operation, std::move(input)));
  for (const json::Value& item : listed.GetArray(list)) {
    if (item.AsObject().GetString(name_member) == name)
      return std::string(item.AsObject().GetString("Id"));
  }
  return Error(ErrorKind::kNotFound, "'{}' was delivered, but {} does not list it", name,
               operation);
}

// Until then a number takes no flow and no calls; on AWS, too.
Result<void> WaitUntilClaimed(const Story& story, std::string_view number_id) {
  constexpr int kPauseMs = 10;
  for (int waited = 0; waited < kClaimLimit.count(); waited += kPauseMs) {
    TL_DO(story.MayGoOn());
    TL_TRY(const json::Object answer,
           story.Call("connect", "DescribePhoneNumber", {{"PhoneNumberId", number_id}}));
    const json::Object& status =
        answer.GetObject("ClaimedPhoneNumberSummary").GetObject("PhoneNumberStatus");
    if (status.GetString("Status") == "CLAIMED") return {};
    if (status.GetString("Status") == "FAILED")
      return Error(ErrorKind::kConflict, "number {} could not be claimed: {}", story.outcome.number,
                   status.GetString("Message"));
    ::poll(nullptr, 0, kPauseMs);
  }
  return Error(ErrorKind::kUnreached, "number {} is not claimed after {}", story.outcome.number,
               ToDurationText(kClaimLimit));
}

Result<void> ClaimNumber(Story& story) {
  TL_TRY(const json::Object instances, story.Call("connect", "ListInstances", {}));
  const json::Array& list = instances.GetArray("InstanceSummaryList");
  if (list.empty())
    return Error(ErrorKind::kNotFound,
                 "the instance was delivered, but ListInstances does not list it");
  story.instance_id = list.front().AsObject().GetString("Id");
  const std::string arn(list.front().AsObject().GetString("Arn"));
  TL_TRY(const std::string flow,
         IdOf(story, "ListContactFlows", {{"InstanceId", story.instance_id}, {"MaxResults", 100}},
              "ContactFlowSummaryList", "Name", kFlow));
  TL_TRY(const json::Object offers, story.Call("connect", "SearchAvailablePhoneNumbers",
                                               {{"TargetArn", arn},
                                                {"PhoneNumberCountryCode", "US"},
                                                {"PhoneNumberType", "DID"},
                                                {"MaxResults", 1}}));
  if (offers.GetArray("AvailableNumbersList").empty())
    return Error(ErrorKind::kNotFound, "no phone number is on offer");
  story.outcome.number =
      offers.GetArray("AvailableNumbersList").front().AsObject().GetString("PhoneNumber");
  TL_TRY(const json::Object claimed,
         story.Call("connect", "ClaimPhoneNumber",
                    {{"TargetArn", arn}, {"PhoneNumber", story.outcome.number}}));
  TL_DO(WaitUntilClaimed(story, claimed.GetString("PhoneNumberId")));
  TL_DO(story.Call("connect", "AssociatePhoneNumberContactFlow",
                   {{"PhoneNumberId", claimed.GetString("PhoneNumberId")},
                    {"InstanceId", story.instance_id},
                    {"ContactFlowId", flow}}));
  story.steps.Done("claimed {} and attached it to {}", story.outcome.number, kFlow);
  return {};
}

Result<void> PlaceCall(Story& story, const std::string& say) {
  TL_TRY(const ContactClient contacts, ContactClient::Open(story.world, story.outcome.endpoint));
  TL_TRY(json::Object status, contacts.Start({{"number", story.outcome.number}}));
  story.outcome.transcript = status.GetString("text");
  const std::string id(status.GetString("contactId"));
  if (!status.GetBool("ended")) {
    TL_TRY(status, contacts.Tell(id, {{"say", say}}));
    story.outcome.transcript += status.GetString("text");
  }
  story.outcome.queue = status.GetString("queue");
  if (!status.GetBool("ended")) {
    TL_TRY(status, contacts.Tell(id, {{"hangup", true}}));
    story.outcome.transcript += status.GetString("text");
  }
  story.steps.Done("called it and said '{}'", say);
  return {};
}

Result<std::string> TemporaryFolder() {
  std::string pattern = "/tmp/trunkline-demo-XXXXXX";
  if (::mkdtemp(pattern.data()) == nullptr)
    return Error(ErrorKind::kDenied, "cannot make a folder in '/tmp'");
  return pattern;
}

// Takes the folder away when the demo ends, with whatever result.
struct FolderGuard {
  Files& files;
  std::string folder;
  bool keep = false;

  FolderGuard(Files& in, std::string path) : files(in), folder(std::move(path)) {}
  FolderGuard(const FolderGuard&) = delete;
  FolderGuard& operator=(const FolderGuard&) = delete;
  ~FolderGuard() {
    if (!keep) static_cast<void>(files.Remove(folder));  // nothing hangs on it
  }
};

Result<void> WriteCenter(Story& story) {
  TL_TRY(const std::vector<std::string> files,
         center::WriteTemplate(story.world.files, story.outcome.folder));
  const center::Loaded loaded = center::LoadCenter(story.world.files, story.outcome.folder);
  if (!loaded.center)
    return Error(ErrorKind::kInvalid, "the template does not load:\n{}", ToText(loaded.findings));
  TL_TRY(const center::Environment* dev, center::SelectEnvironment(*loaded.center, "dev"));
  story.account = dev->account.value;
  story.region = dev->regions.front().value;
  story.steps.Done("wrote the ACME center: {} files in {}", files.size(), story.outcome.folder);
  return {};
}

}  // namespace

Result<DemoOutcome> RunDemo(AppWorld& world, const DemoArgs& args,
                            const std::function<void(const std::string&)>& tell) {
  Steps steps(world.clock, tell);
  DemoOutcome outcome;
  TL_TRY(RunningCloud cloud, StartCloud(world, args.keep));
  outcome.endpoint = cloud.endpoint;
  steps.Done("started the embedded cloud at {}", cloud.endpoint);
  TL_TRY(outcome.folder, TemporaryFolder());
  FolderGuard guard(world.files, outcome.folder);
  Story writing{.world = world,
                .steps = steps,
                .outcome = outcome,
                .account = {},
                .region = {},
                .instance_id = {},
                .stop = args.stop};
  TL_DO(WriteCenter(writing));
  // From here on as somebody who has the dev account's keys, and nothing of the user's own
  // configuration.
  std::map<std::string, std::string> values = ChildEnvironment(world.environment);
  values["AWS_ACCESS_KEY_ID"] = writing.account;
  values["AWS_SECRET_ACCESS_KEY"] = "test";
  if (auto bootstrap = world.environment.Get("TRUNKLINE_BOOTSTRAP"))
    values["TRUNKLINE_BOOTSTRAP"] = *bootstrap;
  const MapEnvironment environment(std::move(values));
  AppWorld inner{.files = world.files,
                 .environment = environment,
                 .clock = world.clock,
                 .random = world.random,
                 .log = world.log,
                 .self = world.self};
  Story story{.world = inner,
              .steps = steps,
              .outcome = outcome,
              .account = writing.account,
              .region = writing.region,
              .instance_id = {},
              .stop = args.stop};
  TL_DO(DeliverCenter(story));
  TL_DO(ClaimNumber(story));
  TL_DO(story.MayGoOn());
  TL_DO(PlaceCall(story, args.say));
  outcome.took = steps.all();
  if (args.keep) {
    guard.keep = true;
    outcome.cloud_pid = cloud.child.pid();
    cloud.child.Release();
  }
  return outcome;
}

}  // namespace trunkline::app
