#include "base/zip.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <limits>
#include <memory>
#include <set>
#include <type_traits>

#include <minizip/unzip.h>
#include <minizip/zip.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"

namespace trunkline {
namespace {

// A file in memory, as minizip's callbacks see it.
struct Memory {
  std::string bytes;         // when writing
  std::string_view content;  // when reading
  std::uint64_t at = 0;
};

voidpf Open(voidpf opaque, const void*, int) {
  return opaque;
}

// What is added to an archive is read from what is written.
uLong ReadFrom(voidpf, voidpf stream, void* to, uLong size) {
  auto& memory = *static_cast<Memory*>(stream);
  const std::string_view content = memory.content.empty() ? memory.bytes : memory.content;
  const std::uint64_t left = content.size() - std::min<std::uint64_t>(memory.at, content.size());
  const auto count = static_cast<uLong>(std::min<std::uint64_t>(size, left));
  if (count > 0) std::memcpy(to, content.data() + memory.at, count);
  memory.at += count;
  return count;
}

uLong WriteTo(voidpf, voidpf stream, const void* from, uLong size) {
  auto& memory = *static_cast<Memory*>(stream);
  if (memory.at + size > memory.bytes.size()) memory.bytes.resize(memory.at + size);
  std::memcpy(memory.bytes.data() + memory.at, from, size);
  memory.at += size;
  return size;
}

ZPOS64_T Tell(voidpf, voidpf stream) {
  return static_cast<Memory*>(stream)->at;
}

long Seek(voidpf, voidpf stream, ZPOS64_T offset, int origin) {
  auto& memory = *static_cast<Memory*>(stream);
  const std::uint64_t size = std::max(memory.bytes.size(), memory.content.size());
  std::uint64_t base = 0;
  if (origin == ZLIB_FILEFUNC_SEEK_CUR) base = memory.at;
  if (origin == ZLIB_FILEFUNC_SEEK_END) base = size;
  if (base + offset > size) return -1;
  memory.at = base + offset;
  return 0;
}

int CloseStream(voidpf, voidpf) {
  return 0;
}
int HasError(voidpf, voidpf) {
  return 0;
}

zlib_filefunc64_def FunctionsFor(Memory& memory) {
  return {.zopen64_file = Open,
          .zread_file = ReadFrom,
          .zwrite_file = WriteTo,
          .ztell64_file = Tell,
          .zseek64_file = Seek,
          .zclose_file = CloseStream,
          .zerror_file = HasError,
          .opaque = &memory};
}

// Why `name` must not be unpacked, or nothing.
std::string Objection(const std::string& name) {
  if (name.empty()) return "has no name";
  if (name.front() == '/') return "is absolute";
  if (name.find('\0') != std::string::npos || name.find('\\') != std::string::npos)
    return "has a name of another system";
  for (const std::string_view part : Split(name, '/')) {
    if (part == "..") return "leads out of the folder with '..'";
  }
  return "";
}

constexpr int kUnix = 3;                 // "made by" of the zip format, section 4.4.2
constexpr int kVersion = 20;             // 2.0: folders and deflate
constexpr uLong kUtf8Names = 1U << 11U;  // general purpose flag, section 4.4.4
constexpr uLong kEncrypted = 1U;
constexpr uLong kFirstDosDate = 0x00210000;  // 1980-01-01 00:00, the earliest the format has

// Memory between the ends of whole pages, whose contents nobody needs any more.
void GiveBack(char* begin, std::size_t size) {
  const auto page = static_cast<std::uintptr_t>(sysconf(_SC_PAGESIZE));
  const auto first = reinterpret_cast<std::uintptr_t>(begin);
  const std::uintptr_t from = (first + page - 1) / page * page;
  const std::uintptr_t to = (first + size) / page * page;
  // Refused, it costs memory and nothing else.
  if (from < to) static_cast<void>(madvise(begin + (from - first), to - from, MADV_DONTNEED));
}

// Consumes the entry's bytes: a function that packs a program has little memory.
bool Append(zipFile zip, ZipEntry& entry) {
  zip_fileinfo info{};
  info.dosDate = kFirstDosDate;
  const uLong kind = entry.link ? S_IFLNK : S_IFREG;
  info.external_fa = (kind | static_cast<uLong>(entry.mode)) << 16U;
  const int large = entry.bytes.size() > std::numeric_limits<std::uint32_t>::max() ? 1 : 0;
  if (zipOpenNewFileInZip4_64(zip, entry.name.c_str(), &info, nullptr, 0, nullptr, 0, nullptr,
                              Z_DEFLATED, Z_DEFAULT_COMPRESSION, 0, -MAX_WBITS, DEF_MEM_LEVEL,
                              Z_DEFAULT_STRATEGY, nullptr, 0, kUnix << 8 | kVersion, kUtf8Names,
                              large) != ZIP_OK) {
    return false;
  }
  constexpr std::size_t kStep = 4U << 20U;
  for (std::size_t at = 0; at < entry.bytes.size(); at += kStep) {
    const auto count = static_cast<unsigned>(std::min(kStep, entry.bytes.size() - at));
    if (zipWriteInFileInZip(zip, entry.bytes.data() + at, count) != ZIP_OK) return false;
    GiveBack(entry.bytes.data() + at, count);
  }
  return zipCloseFileInZip(zip) == ZIP_OK;
}

// minizip 1.1 takes an archive that is nothing but its end record (22 bytes, section 4.3.16) for
// damaged.
constexpr std::string_view kEmpty("PK\5\6\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 22);

using Unzipper = std::unique_ptr<std::remove_pointer_t<unzFile>, int (*)(unzFile)>;

struct EntryInfo {
  std::string name;
  uLong flags = 0;
  uLong unix_mode = 0;
};

Result<EntryInfo> CurrentInfo(unzFile zip) {
  unz_file_info64 info{};
  if (unzGetCurrentFileInfo64(zip, &info, nullptr, 0, nullptr, 0, nullptr, 0) != UNZ_OK) {
    return Error(ErrorKind::kInvalid, "the zip archive is damaged: its directory cannot be read");
  }
  std::string name(info.size_filename, '\0');
  if (unzGetCurrentFileInfo64(zip, &info, name.data(), info.size_filename, nullptr, 0, nullptr,
                              0) != UNZ_OK) {
    return Error(ErrorKind::kInvalid, "the zip archive is damaged: its directory cannot be read");
  }
  const bool made_by_unix = (info.version >> 8U) == kUnix;
  return EntryInfo{
      .name = name, .flags = info.flag, .unix_mode = made_by_unix ? info.external_fa >> 16U : 0};
}

bool IsLink(const EntryInfo& info) {
  return (info.unix_mode & S_IFMT) == S_IFLNK;
}

Result<void> CheckEntry(const EntryInfo& info, bool links) {
  if (const std::string objection = Objection(info.name); !objection.empty()) {
    return Error(ErrorKind::kInvalid, "entry '{}' of the zip archive {}", info.name, objection);
  }
  if ((info.flags & kEncrypted) != 0) {
    return Error(ErrorKind::kInvalid, "entry '{}' of the zip archive is encrypted", info.name);
  }
  if (IsLink(info) && !links) {
    return Error(ErrorKind::kInvalid, "entry '{}' of the zip archive is a symbolic link",
                 info.name);
  }
  return {};
}

// What the entry says of its size is not believed: bytes are counted as they come.
Result<std::string> ReadCurrent(unzFile zip, const std::string& name, std::uint64_t limit) {
  const Error damaged(ErrorKind::kInvalid, "entry '{}' of the zip archive is damaged", name);
  if (unzOpenCurrentFile(zip) != UNZ_OK) return damaged;
  std::string bytes;
  std::array<char, 64U << 10U> buffer{};
  int count = 0;
  while ((count = unzReadCurrentFile(zip, buffer.data(), buffer.size())) > 0) {
    bytes.append(buffer.data(), static_cast<std::size_t>(count));
    if (bytes.size() > limit) {
      unzCloseCurrentFile(zip);
      return Error(ErrorKind::kInvalid,
                   "the zip archive unpacks to more bytes than are allowed, at entry '{}'", name);
    }
  }
  if (unzCloseCurrentFile(zip) != UNZ_OK || count < 0) return damaged;  // also a wrong checksum
  return bytes;
}

// No entry may lie behind a link of the same archive: it would be written wherever that leads.
Result<void> CheckPlaces(const std::vector<ZipEntry>& entries) {
  std::set<std::string_view> links;
  for (const ZipEntry& entry : entries)
    if (entry.link) links.insert(entry.name);
  for (const ZipEntry& entry : entries) {
    const std::string_view name = entry.name;
    for (std::size_t at = name.find('/'); at != std::string_view::npos;
         at = name.find('/', at + 1)) {
      if (links.contains(name.substr(0, at))) {
        return Error(ErrorKind::kInvalid, "entry '{}' of the zip archive lies behind a link", name);
      }
    }
  }
  return {};
}

// Every file below `folder`/`below` but the skipped ones; links to folders are not entered, as in
// ListRecursively.
Result<void> Collect(const Files& files, const std::string& folder, const std::string& below,
                     const std::vector<std::string>& skip, std::vector<ZipEntry>& entries) {
  TL_TRY(const std::vector<FileEntry> found, files.List(JoinPath(folder, below)));
  for (const FileEntry& entry : found) {
    const std::string path = JoinPath(below, entry.name);
    const std::string spelled = entry.is_folder ? path + "/" : path;
    const auto skipped = [&](const std::string& start) { return spelled.starts_with(start); };
    if (std::any_of(skip.begin(), skip.end(), skipped)) continue;
    if (entry.is_folder) {
      if (!entry.is_link) TL_DO(Collect(files, folder, path, skip, entries));
      continue;
    }
    TL_TRY(std::string bytes, files.Read(JoinPath(folder, path)));
    entries.push_back(
        {.name = path, .bytes = std::move(bytes), .mode = entry.executable ? 0755 : 0644});
  }
  return {};
}

// Sorts the entries by name.
Result<void> CheckNames(std::vector<ZipEntry>& entries, std::set<std::string> taken) {
  std::sort(entries.begin(), entries.end(),
            [](const ZipEntry& a, const ZipEntry& b) { return a.name < b.name; });
  for (const ZipEntry& entry : entries) {
    if (const std::string objection = Objection(entry.name); !objection.empty())
      return Error(ErrorKind::kInvalid, "entry '{}' of a zip archive {}", entry.name, objection);
    if (!taken.insert(entry.name).second)
      return Error(ErrorKind::kInvalid, "entry '{}' stands twice in a zip archive", entry.name);
  }
  return {};
}

Result<std::set<std::string>> NamesIn(std::string_view archive) {
  Memory memory{.bytes = {}, .content = archive, .at = 0};
  zlib_filefunc64_def functions = FunctionsFor(memory);
  const Unzipper zip(unzOpen2_64("", &functions), unzClose);
  if (!zip) return Error(ErrorKind::kInvalid, "expected a zip archive but got other bytes");
  std::set<std::string> names;
  int at = unzGoToFirstFile(zip.get());
  for (; at == UNZ_OK; at = unzGoToNextFile(zip.get())) {
    TL_TRY(EntryInfo info, CurrentInfo(zip.get()));
    names.insert(std::move(info.name));
  }
  if (at == UNZ_END_OF_LIST_OF_FILE) return names;
  return Error(ErrorKind::kInvalid, "the zip archive is damaged: its directory cannot be read");
}

// Behind what is in `archive`; empty: into a new one.
Result<std::string> Pack(std::string archive, std::vector<ZipEntry> entries) {
  const bool adds = !archive.empty();
  Memory memory;
  memory.bytes = std::move(archive);
  // A function that packs a program has little memory: reserved pages that nobody writes to cost
  // none, while growing would hold the archive twice.
  std::size_t most = memory.bytes.size();
  for (const ZipEntry& entry : entries) most += entry.bytes.size() + 2 * entry.name.size() + 256;
  memory.bytes.reserve(most);
  zlib_filefunc64_def functions = FunctionsFor(memory);
  const int how = adds ? APPEND_STATUS_ADDINZIP : APPEND_STATUS_CREATE;
  zipFile zip = zipOpen2_64("", how, nullptr, &functions);
  bool done = zip != nullptr;
  for (ZipEntry& entry : entries) {
    done = done && Append(zip, entry);
    entry.bytes = std::string();  // packed: only the archive is needed
  }
  if (zip != nullptr && zipClose(zip, nullptr) != ZIP_OK) done = false;
  if (!done)
    return Error(ErrorKind::kUnreached, "cannot write a zip archive of {} entries", entries.size());
  return std::move(memory.bytes);
}

}  // namespace

Result<std::string> WriteZip(std::vector<ZipEntry> entries) {
  TL_DO(CheckNames(entries, {}));
  return Pack({}, std::move(entries));
}

Result<std::string> AddToZip(std::string archive, std::vector<ZipEntry> entries) {
  TL_TRY(const std::set<std::string> there, NamesIn(archive));
  TL_DO(CheckNames(entries, there));
  return Pack(std::move(archive), std::move(entries));
}

Result<std::uint64_t> UnpackedSize(std::string_view bytes) {
  if (bytes == kEmpty) return 0U;
  Memory memory{.bytes = {}, .content = bytes, .at = 0};
  zlib_filefunc64_def functions = FunctionsFor(memory);
  const Unzipper zip(unzOpen2_64("", &functions), unzClose);
  if (!zip) return Error(ErrorKind::kInvalid, "expected a zip archive but got other bytes");
  std::uint64_t size = 0;
  int at = unzGoToFirstFile(zip.get());
  for (; at == UNZ_OK; at = unzGoToNextFile(zip.get())) {
    unz_file_info64 info{};
    unzGetCurrentFileInfo64(zip.get(), &info, nullptr, 0, nullptr, 0, nullptr, 0);
    size += info.uncompressed_size;
  }
  if (at == UNZ_END_OF_LIST_OF_FILE) return size;
  return Error(ErrorKind::kInvalid, "the zip archive is damaged: its directory cannot be read");
}

Result<std::vector<ZipEntry>> ReadZip(std::string_view bytes, const ZipLimits& limits) {
  if (bytes == kEmpty) return std::vector<ZipEntry>();
  Memory memory{.bytes = {}, .content = bytes, .at = 0};
  zlib_filefunc64_def functions = FunctionsFor(memory);
  const Unzipper zip(unzOpen2_64("", &functions), unzClose);
  if (!zip) return Error(ErrorKind::kInvalid, "expected a zip archive but got other bytes");
  std::vector<ZipEntry> entries;
  std::uint64_t left = limits.total_bytes;
  int at = unzGoToFirstFile(zip.get());
  for (std::size_t count = 1; at == UNZ_OK; at = unzGoToNextFile(zip.get()), ++count) {
    if (count > limits.entries) {
      return Error(ErrorKind::kInvalid, "the zip archive has more than {} entries", limits.entries);
    }
    TL_TRY(const EntryInfo info, CurrentInfo(zip.get()));
    TL_DO(CheckEntry(info, limits.links));
    if (info.name.ends_with('/')) continue;  // a folder comes with its files
    TL_TRY(std::string content, ReadCurrent(zip.get(), info.name, left));
    left -= content.size();
    const int mode = info.unix_mode == 0 ? 0644 : static_cast<int>(info.unix_mode & 0777U);
    entries.push_back(
        {.name = info.name, .bytes = std::move(content), .mode = mode, .link = IsLink(info)});
  }
  if (at != UNZ_END_OF_LIST_OF_FILE) {
    return Error(ErrorKind::kInvalid, "the zip archive is damaged: its directory cannot be read");
  }
  return entries;
}

Result<void> Unzip(std::string_view bytes, const std::string& folder, Files& files,
                   const ZipLimits& limits) {
  TL_TRY(const std::vector<ZipEntry> entries, ReadZip(bytes, limits));
  TL_DO(CheckPlaces(entries));
  TL_DO(files.MakeFolder(folder));
  for (const ZipEntry& entry : entries)
    if (!entry.link) TL_DO(files.Write(JoinPath(folder, entry.name), entry.bytes, entry.mode));
  for (const ZipEntry& entry : entries)
    if (entry.link) TL_DO(files.MakeLink(JoinPath(folder, entry.name), entry.bytes));
  return {};
}

Result<std::string> ZipFolder(const Files& files, const std::string& folder,
                              const std::vector<std::string>& skip) {
  std::vector<ZipEntry> entries;
  TL_DO(Collect(files, folder, "", skip, entries));
  return WriteZip(std::move(entries));
}

}  // namespace trunkline
