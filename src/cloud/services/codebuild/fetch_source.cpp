#include <fmt/format.h>

#include "base/files.h"
#include "base/text.h"
#include "base/zip.h"
#include "cloud/git/archive.h"
#include "cloud/services/codebuild/build_source.h"
#include "cloud/services/codebuild/records.h"
#include "cloud/services/codebuild/s3_access.h"

namespace trunkline::cloud::codebuild {
namespace {

ServiceError CannotFetch(std::string_view what, std::string_view why) {
  return {"CLIENT_ERROR", fmt::format("{} for primary source and source version: {}", why, what)};
}

// A zip is unpacked, any other object becomes a file of its name.
Result<void> Place(const std::string& bytes, const S3Place& place, const std::string& folder) {
  constexpr std::string_view kZip = "PK";
  DiskFiles files;
  if (bytes.starts_with(kZip)) {
    const ZipLimits limits{.total_bytes = 1ULL << 30U, .entries = 100'000, .links = true};
    return Unzip(bytes, folder, files, limits);
  }
  return files.Write(JoinPath(folder, FileName(place.key)), bytes);
}

net::aw<Answer<std::string>> FetchObject(WaitContext context, SourceRequest request,
                                         S3Place place) {
  auto got = GetBytes(context, place, request.version);
  if (!got) co_return CannotFetch(place.bucket + "/" + place.key, got.error().message);
  Result<void> placed;
  std::function<void()> work = [&] { placed = Place(got->bytes, place, request.folder); };
  co_await context.OnWorker(std::move(work));
  if (!placed) co_return CannotFetch(place.bucket + "/" + place.key, placed.error().message());
  co_return std::move(got->version);
}

// Everything below a prefix, with the folders it has there.
Answer<std::string> FetchPrefix(const WaitContext& context, const SourceRequest& request,
                                const S3Place& place) {
  TL_TRY(const std::vector<std::string> keys, ListKeys(context, place));
  if (keys.empty()) return CannotFetch(place.bucket + "/" + place.key, "no objects found");
  DiskFiles files;
  for (const std::string& key : keys) {
    const std::string name = key.substr(place.key.size());
    if (name.empty() || name.ends_with('/')) continue;
    if (("/" + name + "/").find("/../") != std::string::npos || name.starts_with('/'))
      return CannotFetch(key, "the key leads out of the source's folder");
    TL_TRY(const S3Bytes got, GetBytes(context, {.bucket = place.bucket, .key = key}));
    TL_DO(files.Write(JoinPath(request.folder, name), got.bytes));
  }
  return std::string();
}

// "https://github.com/acme/center.git": the last two names, as connections know repositories.
std::string RepositoryOf(std::string_view location) {
  while (location.ends_with('/')) location.remove_suffix(1);
  if (location.ends_with(".git")) location.remove_suffix(4);
  const std::size_t last = location.find_last_of("/:");
  if (last == std::string_view::npos || last == 0) return std::string(location);
  const std::size_t owner = location.find_last_of("/:", last - 1);
  return std::string(owner == std::string_view::npos ? location : location.substr(owner + 1));
}

// The connection a source names, or the account's credentials for such servers do; empty: none.
std::string ConnectionOf(const WaitContext& context, const json::Object& source) {
  const json::Object& auth = source.GetObject("auth");
  if (auth.GetString("type") == "CODECONNECTIONS") return std::string(auth.GetString("resource"));
  std::string connection;
  static_cast<void>(
      context
          .State([&](Context& state) -> Answer<> {
            const std::string arn = Arn(state, "token", ToLower(source.GetString("type")));
            const Record* record = state.store.Find(state.RegionScope(), kCredential, arn);
            const json::Object info = record ? record->body.GetObject("info") : json::Object();
            if (info.GetString("authType") == "CODECONNECTIONS")
              connection = info.GetString("resource");
            return json::Object();
          })
          .ok());
  return connection;
}

bool IsRepository(std::string_view type) {
  return type.starts_with("GITHUB") || type.starts_with("GITLAB") || type == "BITBUCKET";
}

// A clone, as the service makes one: commands of a buildspec may ask git.
net::aw<Answer<std::string>> FetchRepository(WaitContext context, SourceRequest request) {
  const std::string location(request.source.GetString("location"));
  const std::string revision = request.version.empty() ? "HEAD" : request.version;
  std::string connection = ConnectionOf(context, request.source);
  auto commit = co_await git::CloneCommit(context, std::move(connection), RepositoryOf(location),
                                          revision, std::move(request.folder));
  if (!commit) co_return CannotFetch(revision, commit.error().message);
  co_return std::move(*commit);
}

}  // namespace

net::aw<Answer<std::string>> FetchSource(WaitContext context, SourceRequest request) {
  if (const auto made = DiskFiles().MakeFolder(request.folder); !made)
    co_return ServiceError(made.error());
  const std::string type(request.source.GetString("type"));
  if (type == "NO_SOURCE") co_return std::string();
  if (type == "S3" || type == "CODEPIPELINE") {
    S3Place place = ReadS3Place(request.source.GetString("location"));
    if (place.key.empty() || place.key.ends_with('/'))
      co_return FetchPrefix(context, request, place);
    co_return co_await FetchObject(std::move(context), std::move(request), std::move(place));
  }
  if (IsRepository(type))
    co_return co_await FetchRepository(std::move(context), std::move(request));
  co_return ServiceError("CLIENT_ERROR",
                         fmt::format("source type {} is not implemented by this cloud", type));
}

Result<std::string> FindBuildspec(const WaitContext& context, const json::Object& source,
                                  const std::string& folder) {
  const std::string named(source.GetString("buildspec"));
  if (named.starts_with("arn:aws:s3:::")) {
    auto got = GetBytes(context, ReadS3Place(named));
    if (!got) return Error(ErrorKind::kNotFound, "{}: {}", named, got.error().message);
    return std::move(got->bytes);
  }
  const bool written = named.find('\n') != std::string::npos || named.starts_with('{') ||
                       named.find("version:") != std::string::npos;
  if (written) return named;
  const std::string path = JoinPath(folder, named.empty() ? "buildspec.yml" : named);
  const DiskFiles files;
  if (!files.Exists(path)) return Error(ErrorKind::kNotFound, "YAML file does not exist");
  return files.Read(path);
}

}  // namespace trunkline::cloud::codebuild
