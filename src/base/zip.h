// Zip archives in memory. Writing is deterministic: names sorted, date 1980-01-01, the same bytes
// for the same files.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/files.h"
#include "base/result.h"

namespace trunkline {

struct ZipEntry {
  std::string name;   // with '/', relative
  std::string bytes;  // of a symbolic link: its target
  int mode = 0644;
  bool link = false;  // a symbolic link
};

Result<std::string> WriteZip(std::vector<ZipEntry> entries);
// Adds entries to an archive that WriteZip wrote, behind those that are in it, which are not
// compressed again. An entry of a name that is in it already is an error, as is a damaged archive.
Result<std::string> AddToZip(std::string archive, std::vector<ZipEntry> entries);

struct ZipLimits {
  std::uint64_t total_bytes = 250ULL << 20U;  // unpacked; Lambda's own limit (250 MB)
  std::size_t entries = 20000;
  bool links = false;  // symbolic links are taken too: for source trees, never for code to run
};

// Refuses absolute names, "..", symbolic links (unless the limits allow them) and whatever exceeds
// the limits.
Result<std::vector<ZipEntry>> ReadZip(std::string_view bytes, const ZipLimits& limits = {});
// How much it will be unpacked, as its directory says.
Result<std::uint64_t> UnpackedSize(std::string_view bytes);
// Unpacks below `folder`. Links are made last, so that nothing is written through one.
Result<void> Unzip(std::string_view bytes, const std::string& folder, Files& files,
                   const ZipLimits& limits = {});
// Every file below `folder` but those whose path (a folder's ends with '/') starts with one of
// `skip`. Executable files get mode 0755, others 0644.
Result<std::string> ZipFolder(const Files& files, const std::string& folder,
                              const std::vector<std::string>& skip = {});

}  // namespace trunkline
