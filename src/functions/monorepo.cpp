#include "functions/monorepo.h"

#include <algorithm>

#include "base/finding_text.h"
#include "center/check.h"
#include "center/load.h"

namespace trunkline::functions {
namespace {

bool IsOfProject(std::string_view path) {
  return path.starts_with("amzconnect-") || path == "trunkline.json";
}

// "acme-0123abc/" when every name begins with it and none is a project's; else empty.
std::string CommonFolder(const std::vector<ZipEntry>& entries) {
  if (entries.empty()) return "";
  const std::string& first = entries.front().name;
  const std::size_t end = first.find('/');
  if (end == std::string::npos) return "";
  const std::string folder = first.substr(0, end + 1);
  const bool common = std::ranges::all_of(entries, [&](const ZipEntry& entry) {
    return entry.name.starts_with(folder) && !IsOfProject(entry.name);
  });
  return common ? folder : "";
}

net::aw<Result<void>> CheckSize(const FunctionWorld& world, const DeliveryEvent& event) {
  json::Object where{{"Bucket", event.bucket}, {"Key", event.key}};
  Result<json::Object> head = co_await world.client.Call("s3", "HeadObject", std::move(where));
  if (!head && head.error().kind() == ErrorKind::kNotFound) {
    co_return Error(ErrorKind::kNotFound,
                    "there is no object '{}' in bucket '{}'; it has to be in {}, the function's "
                    "Region",
                    event.key, event.bucket, world.client.region());
  }
  if (!head) co_return std::move(head).error();
  const std::int64_t size = head->GetInt("ContentLength");
  if (size <= kMonorepoLimit) co_return Result<void>();
  co_return Error(ErrorKind::kInvalid,
                  "the monorepo's zip '{}' has {} bytes, {} are taken; keep what is not delivered "
                  "(node_modules, recordings) out of the artifact",
                  event.key, size, kMonorepoLimit);
}

net::aw<Result<Unpacked>> Fetch(const FunctionWorld& world, const DeliveryEvent& event) {
  TL_CO_DO(co_await CheckSize(world, event));
  json::Object where{{"Bucket", event.bucket}, {"Key", event.key}};
  TL_CO_TRY(const json::Object object,
            co_await world.client.Call("s3", "GetObject", std::move(where)));
  Result<Unpacked> unpacked = UnpackMonorepo(object.GetString("Body"));
  if (!unpacked)
    co_return std::move(unpacked).error().While("unpacking s3://{}/{}", event.bucket, event.key);
  co_return unpacked;
}

std::string TextOfErrors(const Findings& findings) {
  std::string text;
  for (const Finding& finding : findings) {
    if (finding.severity == Severity::kError) text += ToText(finding);
  }
  return text;
}

Result<std::unique_ptr<Monorepo>> Load(const Unpacked& unpacked, const DeliveryEvent& event) {
  MemoryFiles files;
  for (const ZipEntry& file : unpacked.files) TL_DO(files.Write(file.name, file.bytes, file.mode));
  center::Loaded loaded = center::LoadCenter(files, ".");
  if (!loaded.center) {
    return Error(ErrorKind::kInvalid, "the monorepo has errors, nothing was delivered:\n{}",
                 TextOfErrors(loaded.findings));
  }
  auto monorepo = std::make_unique<Monorepo>();
  monorepo->center = std::move(*loaded.center);
  monorepo->findings = std::move(loaded.findings);
  TL_TRY(monorepo->environment, center::SelectEnvironment(monorepo->center, event.environment));
  const Findings of_target = center::CheckTarget(monorepo->center, *monorepo->environment);
  if (HasErrors(of_target)) {
    return Error(ErrorKind::kInvalid, "environment '{}' cannot be delivered to:\n{}",
                 event.environment, TextOfErrors(of_target));
  }
  return monorepo;
}

// A pipeline that hands production's zip to development's function must not deliver it there.
net::aw<Result<void>> CheckPlace(const FunctionWorld& world,
                                 const center::Environment& environment) {
  const std::string& region = world.client.region();
  TL_CO_DO(center::SelectRegions(environment, region));
  TL_CO_TRY(const json::Object identity,
            co_await world.client.Call("sts", "GetCallerIdentity", json::Object()));
  const std::string_view account = identity.GetString("Account");
  if (account == environment.account.value) co_return Result<void>();
  co_return Error(ErrorKind::kDenied,
                  "this function is in account {}, but environment '{}' is account {}; invoke that "
                  "account's",
                  account, environment.name.value, environment.account.value);
}

}  // namespace

Result<DeliveryEvent> ReadDeliveryEvent(const json::Value& event) {
  if (!event.IsObject())
    return Error(ErrorKind::kInvalid, "expected the event to be an object but got {}",
                 event.TypeName());
  const json::Object& object = event.AsObject();
  DeliveryEvent read{.bucket = std::string(object.GetString("bucket")),
                     .key = std::string(object.GetString("key")),
                     .environment = std::string(object.GetString("environment")),
                     .commit = std::string(object.GetString("commit"))};
  for (const auto& [name, value] : {std::pair("bucket", &read.bucket), std::pair("key", &read.key),
                                    std::pair("environment", &read.environment)}) {
    if (value->empty())
      return Error(ErrorKind::kInvalid,
                   "the event has no '{}'; expected {{\"bucket\", \"key\", \"environment\", "
                   "\"commit\"}}",
                   name);
  }
  return read;
}

Result<Unpacked> UnpackMonorepo(std::string_view zip) {
  ZipLimits limits;
  limits.total_bytes = kUnpackedLimit;
  limits.links = true;
  TL_TRY(std::vector<ZipEntry> entries, ReadZip(zip, limits));
  const std::string folder = CommonFolder(entries);
  Unpacked unpacked;
  for (ZipEntry& entry : entries) {
    entry.name.erase(0, folder.size());
    if (!IsOfProject(entry.name) || entry.name.ends_with('/')) continue;
    if (entry.link) {
      ++unpacked.links;
    } else {
      unpacked.files.push_back(std::move(entry));
    }
  }
  if (!unpacked.files.empty()) return unpacked;
  return Error(ErrorKind::kInvalid,
               "expected the projects' folders (amzconnect-instance, ...) at the zip's top but "
               "there are none");
}

net::aw<Result<std::unique_ptr<Monorepo>>> FetchMonorepo(const FunctionWorld& world,
                                                         DeliveryEvent event) {
  TL_CO_TRY(const Unpacked unpacked, co_await Fetch(world, event));
  if (unpacked.links > 0)
    world.log.Warn("{} symbolic links of the monorepo are not followed", unpacked.links);
  TL_CO_TRY(std::unique_ptr<Monorepo> monorepo, Load(unpacked, event));
  TL_CO_DO(co_await CheckPlace(world, *monorepo->environment));
  co_return monorepo;
}

Result<std::string> ZipOwnProgram(const void* world) {
  const auto& own = *static_cast<const FunctionWorld*>(world);
  TL_TRY(std::string bytes, own.files.Read(JoinPath(own.task_root, "bootstrap")));
  std::vector<ZipEntry> entries;
  entries.push_back({.name = "bootstrap", .bytes = std::move(bytes), .mode = 0755});
  return WriteZip(std::move(entries));
}

}  // namespace trunkline::functions
