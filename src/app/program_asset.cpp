#include "app/program_asset.h"

#include "base/hash.h"
#include "base/zip.h"

namespace trunkline::app {

net::aw<Result<ProgramAsset>> UploadProgram(aws::Client client, std::string bucket,
                                            std::string program) {
  ProgramAsset asset;
  asset.key = fmt::format("trunkline/{}/trunkline.zip", ToHex(Sha256(program)));
  asset.bucket = std::move(bucket);
  json::Object wanted{{"Bucket", asset.bucket}, {"Key", asset.key}};
  const Result<json::Object> there = co_await client.Call("s3", "HeadObject", wanted);
  if (there) co_return asset;
  if (there.error().kind() != ErrorKind::kNotFound) co_return there.error();
  std::vector<ZipEntry> entries;
  entries.push_back({.name = "bootstrap", .bytes = std::move(program), .mode = 0755});
  TL_CO_TRY(std::string zip, WriteZip(std::move(entries)));
  wanted.Set("Body", std::move(zip));
  TL_CO_DO(co_await client.Call("s3", "PutObject", std::move(wanted)));
  asset.uploaded = true;
  co_return asset;
}

}  // namespace trunkline::app
