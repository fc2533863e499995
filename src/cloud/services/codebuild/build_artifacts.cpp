// UPLOAD_ARTIFACTS: the files a buildspec names, to S3; reports; the cache.
#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include "base/files.h"
#include "base/hash.h"
#include "base/zip.h"
#include "cloud/services/codebuild/build_cache.h"
#include "cloud/services/codebuild/build_commands.h"
#include "cloud/services/codebuild/build_reports.h"
#include "cloud/services/codebuild/file_patterns.h"
#include "cloud/services/codebuild/packing.h"
#include "cloud/services/codebuild/s3_access.h"

namespace trunkline::cloud::codebuild {
namespace {

// What is uploaded for one artifact.
struct Upload {
  json::Object artifacts;  // a ProjectArtifacts
  ArtifactSpec spec;
  std::string identifier;
  std::string key;  // of the zip, or before the files' names
  std::vector<ZipEntry> entries;
};

// Texts of an artifact that the shell may still have to fill in.
net::aw<ArtifactSpec> ExpandSpec(BuildRun* run, ArtifactSpec spec) {
  std::vector<std::string> texts{spec.name, spec.s3_prefix, spec.base_directory};
  texts.insert(texts.end(), spec.files.begin(), spec.files.end());
  texts = co_await Expand(run, std::move(texts));
  spec.name = texts[0];
  spec.s3_prefix = texts[1];
  spec.base_directory = texts[2];
  std::copy(texts.begin() + 3, texts.end(), spec.files.begin());
  co_return spec;
}

// The folders that a base directory means: it may hold wildcards.
Result<std::vector<std::string>> BaseFolders(const BuildRun& run, const std::string& base) {
  if (base.empty() || base == ".") return std::vector<std::string>{run.source};
  if (base.find_first_of("*?[") == std::string::npos) {
    std::vector<std::string> folder{base.starts_with('/') ? base : JoinPath(run.source, base)};
    if (!DiskFiles().IsFolder(folder.front())) folder.clear();
    return folder;
  }
  TL_TRY(std::vector<std::string> found, FindFolders(run.source, base));
  for (std::string& folder : found) folder = JoinPath(run.source, folder);
  return found;
}

Result<std::vector<ZipEntry>> Gather(const BuildRun& run, const ArtifactSpec& spec) {
  TL_TRY(const std::vector<std::string> folders, BaseFolders(run, spec.base_directory));
  if (folders.empty()) {
    return Error(ErrorKind::kNotFound, "no matching base directory path found for {}",
                 spec.base_directory);
  }
  std::vector<ZipEntry> entries;
  for (const std::string& folder : folders) {
    TL_TRY(const std::vector<std::string> files, FindFiles(folder, spec.files, spec.exclude_paths));
    TL_TRY(std::vector<ZipEntry> packed, PackFiles(folder, files, {.links = spec.enable_symlinks}));
    for (ZipEntry& entry : packed) {
      if (spec.discard_paths) entry.name = FileName(entry.name);
      std::erase_if(entries, [&](const ZipEntry& had) { return had.name == entry.name; });
      entries.push_back(std::move(entry));
    }
  }
  if (entries.empty()) {
    return Error(ErrorKind::kNotFound, "no matching artifact paths found");
  }
  return entries;
}

void AddPart(std::string& key, std::string_view part) {
  while (part.starts_with('/')) part.remove_prefix(1);
  while (part.ends_with('/')) part.remove_suffix(1);
  if (part.empty()) return;
  if (!key.empty()) key += '/';
  key += part;
}

// <s3-prefix>/<path>/<build id>/<name>: the parts that are there. The name "/" is no part.
std::string KeyOf(const BuildRun& run, const json::Object& artifacts, const ArtifactSpec& spec) {
  std::string key;
  AddPart(key, spec.s3_prefix);
  AddPart(key, artifacts.GetString("path"));
  if (artifacts.GetString("namespaceType") == "BUILD_ID") AddPart(key, run.uuid());
  const bool from_spec = artifacts.GetBool("overrideArtifactName") && !spec.name.empty();
  AddPart(key, from_spec ? spec.name : artifacts.GetString("name"));
  return key;
}

bool IsZip(const json::Object& artifacts) {
  return artifacts.GetString("packaging") == "ZIP" || artifacts.GetString("type") == "CODEPIPELINE";
}

// What a build shows of an artifact.
json::Object Shown(const Upload& upload, const std::string& zip) {
  const S3Place bucket = ReadS3Place(upload.artifacts.GetString("location"));
  json::Object shown{{"location", fmt::format("arn:aws:s3:::{}/{}", bucket.bucket, upload.key)}};
  if (!zip.empty()) {
    shown.Set("sha256sum", ToHex(Sha256(zip)));
    shown.Set("md5sum", ToHex(Md5(zip)));
  }
  for (const std::string_view member : {"overrideArtifactName", "encryptionDisabled"}) {
    if (const json::Value* value = upload.artifacts.Find(member)) shown.Set(member, *value);
  }
  shown.SetIfNotEmpty("artifactIdentifier", upload.identifier);
  return shown;
}

// A customer's key encrypts what is uploaded; the account's own one is how S3 encrypts anyway.
std::string KeyFor(const BuildRun& run, const json::Object& artifacts) {
  const std::string_view key = run.build.GetString("encryptionKey");
  if (artifacts.GetBool("encryptionDisabled") || key.ends_with(":alias/aws/s3")) return {};
  return std::string(key);
}

net::aw<Answer<>> PutFile(BuildRun* run, const Upload* upload, std::string key, std::string bytes) {
  S3Place place = ReadS3Place(upload->artifacts.GetString("location"));
  place.key = std::move(key);
  S3Write write{.place = std::move(place),
                .bytes = std::move(bytes),
                .content_type = IsZip(upload->artifacts) ? "application/zip" : "",
                .kms_key = KeyFor(*run, upload->artifacts)};
  co_return co_await PutBytes(run->context, std::move(write));
}

void ShowArtifact(const BuildRun& run, const json::Object& shown) {
  const std::string_view identifier = shown.GetString("artifactIdentifier");
  run.Change([&](json::Object& build) {
    if (identifier.empty()) {
      build.Set("artifacts", shown);
      return;
    }
    for (json::Value& value : build["secondaryArtifacts"].AsArray()) {
      if (value.AsObject().GetString("artifactIdentifier") == identifier) value = shown;
    }
  });
}

net::aw<Answer<>> Put(BuildRun* run, Upload* upload) {
  if (!IsZip(upload->artifacts)) {
    for (ZipEntry& entry : upload->entries) {
      std::string key = upload->key.empty() ? entry.name : upload->key + "/" + entry.name;
      TL_CO_DO(co_await PutFile(run, upload, std::move(key), std::move(entry.bytes)));
    }
    ShowArtifact(*run, Shown(*upload, {}));
    co_return json::Object();
  }
  Result<std::string> zip = std::string();
  json::Object shown;
  std::function<void()> work = [&] {
    zip = WriteZip(std::move(upload->entries));
    if (zip) shown = Shown(*upload, *zip);
  };
  co_await run->context.OnWorker(std::move(work));
  TL_CO_TRY(std::string bytes, std::move(zip));
  TL_CO_DO(co_await PutFile(run, upload, upload->key, std::move(bytes)));
  ShowArtifact(*run, shown);
  co_return json::Object();
}

net::aw<PhaseEnd> UploadOne(BuildRun* run, Upload upload) {
  upload.spec = co_await ExpandSpec(run, std::move(upload.spec));
  upload.key = KeyOf(*run, upload.artifacts, upload.spec);
  run->log->Note("Expanding base directory path: " +
                 (upload.spec.base_directory.empty() ? "." : upload.spec.base_directory));
  run->log->Note("Assembling file list");
  Result<std::vector<ZipEntry>> gathered = std::vector<ZipEntry>();
  std::function<void()> work = [&] { gathered = Gather(*run, upload.spec); };
  co_await run->context.OnWorker(std::move(work));
  if (!gathered) co_return Failed("CLIENT_ERROR", gathered.error().message());
  run->log->Note(fmt::format("Found {} file(s)", gathered->size()));
  upload.entries = std::move(*gathered);
  const Answer<> put = co_await Put(run, &upload);
  if (put) co_return PhaseEnd();
  co_return Failed("CLIENT_ERROR", fmt::format("Error in UPLOAD_ARTIFACTS phase: {}: {}",
                                               put.error().code, put.error().message));
}

bool Uploads(const json::Object& artifacts) {
  return !artifacts.GetString("type").empty() && artifacts.GetString("type") != "NO_ARTIFACTS";
}

// A secondary artifact's block has the artifact's identifier for a key.
const ArtifactSpec* FindSecondary(const Buildspec& spec, std::string_view identifier) {
  for (const auto& [key, secondary] : spec.secondary_artifacts)
    if (key == identifier) return &secondary;
  return nullptr;
}

net::aw<PhaseEnd> UploadAll(BuildRun* run) {
  const json::Object primary = run->settings.GetObject("artifacts");
  if (Uploads(primary) && run->spec.artifacts) {
    Upload upload;
    upload.artifacts = primary;
    upload.spec = *run->spec.artifacts;
    PhaseEnd end = co_await UploadOne(run, std::move(upload));
    if (!end.ok()) co_return end;
  } else if (Uploads(primary) && run->spec.secondary_artifacts.empty()) {
    run->log->Note("No artifact files specified");
  }
  for (const json::Value& value : run->settings.GetArray("secondaryArtifacts")) {
    const json::Object& artifacts = value.AsObject();
    const std::string identifier(artifacts.GetString("artifactIdentifier"));
    const ArtifactSpec* spec = FindSecondary(run->spec, identifier);
    if (!Uploads(artifacts)) continue;
    if (!spec) {
      co_return Failed(
          "CLIENT_ERROR",
          fmt::format("no definition for secondary artifact {} in the buildspec", identifier));
    }
    Upload upload;
    upload.artifacts = artifacts;
    upload.spec = *spec;
    upload.identifier = identifier;
    PhaseEnd end = co_await UploadOne(run, std::move(upload));
    if (!end.ok()) co_return end;
  }
  co_return PhaseEnd();
}

// Variables that a pipeline is given; those that are not set are left out.
net::aw<void> ExportVariables(BuildRun* run) {
  std::vector<std::string> names;
  for (const std::string& name : run->spec.exported_variables) {
    if (!name.starts_with("AWS_")) names.push_back(name);
  }
  if (names.empty()) co_return;
  const std::vector<std::string> values = co_await ReadVariables(run, names);
  json::Array exported;
  for (std::size_t i = 0; i < names.size(); ++i)
    exported.push_back(json::Object{{"name", names[i]}, {"value", values[i]}});
  run->Change(
      [&](json::Object& build) { build.Set("exportedEnvironmentVariables", std::move(exported)); });
}

}  // namespace

net::aw<PhaseEnd> UploadArtifacts(BuildRun* run) {
  co_await ExportVariables(run);
  co_await CollectReports(run);
  if (run->succeeding) co_await SaveCache(run);
  if (run->ended()) co_return PhaseEnd();
  co_return co_await UploadAll(run);
}

}  // namespace trunkline::cloud::codebuild
