#include "cloud/services/codebuild/build_cache.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/files.h"
#include "base/hash.h"
#include "base/zip.h"
#include "cloud/services/codebuild/build_commands.h"
#include "cloud/services/codebuild/file_patterns.h"
#include "cloud/services/codebuild/packing.h"
#include "cloud/services/codebuild/s3_access.h"

namespace trunkline::cloud::codebuild {
namespace {

constexpr ZipLimits kLimits{.total_bytes = 1ULL << 30U, .entries = 100'000, .links = true};
constexpr std::string_view kSourcePart = "source/";
constexpr std::string_view kHomePart = "home/";

struct CachePlace {
  bool s3 = false;
  S3Place object;
  std::string file;
};

bool CachesFiles(const json::Object& cache) {
  if (cache.GetString("type") == "S3") return true;
  if (cache.GetString("type") != "LOCAL") return false;
  const json::Array& modes = cache.GetArray("modes");
  return std::ranges::any_of(
      modes, [](const json::Value& mode) { return mode.AsString() == "LOCAL_CUSTOM_CACHE"; });
}

CachePlace PlaceOf(const BuildRun& run, const std::string& key) {
  const json::Object& cache = run.build.GetObject("cache");
  const std::string owner(cache.GetString("cacheNamespace", run.settings.GetString("projectUuid")));
  const std::string name =
      ToHex(Sha256(fmt::format("{}\n{}\n{}", owner, run.settings.GetInt("cache"), key)));
  CachePlace place;
  place.s3 = cache.GetString("type") == "S3";
  if (place.s3) {
    place.object = ReadS3Place(cache.GetString("location"));
    place.object.key = place.object.key.empty() ? name : JoinPath(place.object.key, name);
  } else {
    place.file = JoinPath(run.context.data_folder(), "codebuild/cache/" + name);
  }
  return place;
}

Result<std::string> ReadCached(const BuildRun& run, const CachePlace& place) {
  if (!place.s3) return DiskFiles().Read(place.file);
  auto got = GetBytes(run.context, place.object);
  if (!got) return Error(ErrorKind::kNotFound, "{}", got.error().message);
  return std::move(got->bytes);
}

// Where an entry belongs; empty: nowhere.
std::string PathOf(const BuildRun& run, std::string_view name) {
  if (name.starts_with(kSourcePart)) return JoinPath(run.source, name.substr(kSourcePart.size()));
  return name.starts_with(kHomePart) ? JoinPath(run.folder, name) : std::string();
}

Result<void> UnpackCached(const BuildRun& run, const std::string& bytes) {
  TL_TRY(const std::vector<ZipEntry> entries, ReadZip(bytes, kLimits));
  DiskFiles files;
  for (const ZipEntry& entry : entries) {
    const std::string path = PathOf(run, entry.name);
    if (path.empty() || entry.link) continue;
    TL_DO(files.Write(path, entry.bytes, entry.mode));
  }
  // Last, so that nothing is written through them; what the source has stays.
  for (const ZipEntry& entry : entries) {
    const std::string path = PathOf(run, entry.name);
    if (!path.empty() && entry.link && !files.Exists(path))
      TL_DO(files.MakeLink(path, entry.bytes));
  }
  return {};
}

struct CachePaths {
  std::vector<std::string> source;
  std::vector<std::string> home;
};

CachePaths SortPaths(BuildRun& run, const std::vector<std::string>& paths) {
  const std::string home = run.folder + "/home";
  CachePaths sorted;
  for (const std::string& path : paths) {
    std::string_view rest = path;
    bool at_home = false;
    for (const std::string_view start :
         {std::string_view("/root"), std::string_view("~"), std::string_view(home)}) {
      if (!rest.starts_with(std::string(start) + "/")) continue;
      rest.remove_prefix(start.size() + 1);
      at_home = true;
      break;
    }
    if (!at_home && rest.starts_with(run.source + "/")) rest.remove_prefix(run.source.size() + 1);
    if (rest.starts_with('/')) {
      run.log->Note(fmt::format(
          "Cache path {} is not kept: it is neither below the source nor below HOME", path));
      continue;
    }
    (at_home ? sorted.home : sorted.source).emplace_back(rest);
  }
  return sorted;
}

Result<std::vector<ZipEntry>> Gather(const std::string& folder, std::string_view part,
                                     const std::vector<std::string>& patterns) {
  if (patterns.empty()) return std::vector<ZipEntry>();
  TL_TRY(const std::vector<std::string> found, FindFiles(folder, patterns, {}));
  return PackFiles(folder, found, {.prefix = part, .links = true});
}

Result<std::string> Pack(const BuildRun& run, const CachePaths& paths) {
  TL_TRY(std::vector<ZipEntry> entries, Gather(run.source, kSourcePart, paths.source));
  TL_TRY(std::vector<ZipEntry> home, Gather(run.folder + "/home", kHomePart, paths.home));
  std::move(home.begin(), home.end(), std::back_inserter(entries));
  if (entries.empty()) return std::string();
  return WriteZip(std::move(entries));
}

net::aw<Answer<>> Store(WaitContext context, CachePlace place, std::string bytes) {
  if (place.s3) {
    S3Write write{.place = place.object,
                  .bytes = std::move(bytes),
                  .content_type = "application/zip",
                  .kms_key = {}};
    co_return co_await PutBytes(std::move(context), std::move(write));
  }
  TL_CO_DO(DiskFiles().Write(place.file, bytes, 0600));
  co_return json::Object();
}

}  // namespace

net::aw<void> RestoreCache(BuildRun* run) {
  if (!CachesFiles(run->build.GetObject("cache")) || !run->spec.cache.restore) co_return;
  std::vector<std::string> keys{run->spec.cache.key};
  for (const std::string& key : run->spec.cache.fallback_keys) keys.push_back(key);
  keys = co_await Expand(run, std::move(keys));
  for (const std::string& key : keys) {
    const auto bytes = ReadCached(*run, PlaceOf(*run, key));
    if (!bytes) continue;
    Result<void> unpacked;
    std::function<void()> work = [&] { unpacked = UnpackCached(*run, *bytes); };
    co_await run->context.OnWorker(std::move(work));
    run->log->Note(unpacked ? "Cache was restored" : unpacked.error().message());
    co_return;
  }
  run->log->Note("There is no cache yet: nothing is restored");
}

net::aw<void> SaveCache(BuildRun* run) {
  const CacheSpec& spec = run->spec.cache;
  if (!CachesFiles(run->build.GetObject("cache")) || !spec.save || spec.paths.empty()) co_return;
  run->log->Note("Expanding cache path");
  std::vector<std::string> keys{spec.key};
  keys = co_await Expand(run, std::move(keys));
  const CachePaths paths = SortPaths(*run, spec.paths);
  Result<std::string> packed = std::string();
  std::function<void()> work = [&] { packed = Pack(*run, paths); };
  co_await run->context.OnWorker(std::move(work));
  if (packed && packed->empty()) {
    run->log->Note("Skip cache due to: no paths specified to be cached were found");
    co_return;
  }
  if (!packed) {
    run->log->Note("Unable to save the cache: " + packed.error().message());
    co_return;
  }
  const Answer<> stored =
      co_await Store(run->context, PlaceOf(*run, keys.front()), std::move(*packed));
  if (!stored) run->log->Note("Unable to save the cache: " + stored.error().message);
}

}  // namespace trunkline::cloud::codebuild
