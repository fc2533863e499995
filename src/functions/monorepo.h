// The monorepo that a pipeline handed over: fetched from S3, unpacked in memory, read as a center.
//
// Nothing is written to disk, and nothing outside the projects' folders is kept. Sizes are bounded:
// the zip is refused by what S3 says of it before it is fetched, and unpacking stops at a limit.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/zip.h"
#include "center/center.h"
#include "functions/function.h"

namespace trunkline::functions {

inline constexpr std::int64_t kMonorepoLimit = std::int64_t{64} << 20U;     // the zip
inline constexpr std::uint64_t kUnpackedLimit = std::uint64_t{256} << 20U;  // what is in it

// What the provisioner and every step of the instance workflow are told.
struct DeliveryEvent {
  std::string bucket;  // where the zip of the monorepo is
  std::string key;
  std::string environment;  // "dev"
  std::string commit;       // for reports; may be empty
};

Result<DeliveryEvent> ReadDeliveryEvent(const json::Value& event);

// The projects' files, by their paths in the monorepo. A zip of GitHub's has them in one folder,
// which is left out. Symbolic links are not followed, and counted in `links`.
struct Unpacked {
  std::vector<ZipEntry> files;
  std::size_t links = 0;
};
Result<Unpacked> UnpackMonorepo(std::string_view zip);

struct Monorepo {
  center::Center center;
  const center::Environment* environment = nullptr;  // of the center
  Findings findings;                                 // warnings and notes
};

// Errors: kInvalid with the findings as text when the center has errors; kDenied when the
// environment is another account's than the function's, or does not name its Region.
net::aw<Result<std::unique_ptr<Monorepo>>> FetchMonorepo(const FunctionWorld& world,
                                                         DeliveryEvent event);

// The program as a zip, for functions that consist of it as this one does.
Result<std::string> ZipOwnProgram(const void* world);  // a const FunctionWorld*

}  // namespace trunkline::functions
