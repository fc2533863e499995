#include "base/zip.h"

#include <gmock/gmock.h>

#include "base/hash.h"
#include "tests/support/shared_data.h"

namespace trunkline {
namespace {

using testing::HasSubstr;

std::string Zipped(std::vector<ZipEntry> entries) {
  return WriteZip(std::move(entries)).value();
}

TEST(Zip, ReadsBackNamesBytesAndModes) {
  const std::string large(300'000, 'x');

  const std::vector<ZipEntry> entries = ReadZip(Zipped({{"lib/b.js", large, 0644},
                                                        {"bootstrap", std::string("\0\1", 2), 0755},
                                                        {"e", "", 0600}}))
                                            .value();

  ASSERT_EQ(entries.size(), 3U);
  EXPECT_EQ(entries[0].name, "bootstrap");
  EXPECT_EQ(entries[0].bytes, std::string("\0\1", 2));
  EXPECT_EQ(entries[0].mode, 0755);
  EXPECT_EQ(entries[1].name, "e");
  EXPECT_EQ(entries[1].mode, 0600);
  EXPECT_EQ(entries[2].bytes, large);
}

TEST(Zip, TheSameFilesGiveTheSameBytesInAnyOrder) {
  const std::string one = Zipped({{"a", "1"}, {"b", "2"}});
  const std::string two = Zipped({{"b", "2"}, {"a", "1"}});

  EXPECT_EQ(one, two);
  // The date: 1980-01-01 00:00:00, at offset 10 of the first local header.
  EXPECT_EQ(ToHex(one.substr(10, 4)), "00002100");
}

TEST(Zip, AddingGivesTheBytesOfWritingAllAtOnce) {
  const std::string program(300'000, 'p');
  const ZipEntry map{.name = "map.json", .bytes = "{}"};

  const auto added = AddToZip(Zipped({{"bootstrap", program, 0755}}), {map});

  EXPECT_EQ(added.value(), Zipped({{"bootstrap", program, 0755}, map}));
}

TEST(Zip, AddingRefusesATakenNameAndADamagedArchive) {
  const auto message = [](std::string archive) {
    return AddToZip(std::move(archive), {{.name = "a", .bytes = "2"}}).error().message();
  };

  EXPECT_EQ(message(Zipped({{"a", "1"}})), "entry 'a' stands twice in a zip archive");
  EXPECT_EQ(message("no zip"), "expected a zip archive but got other bytes");
}

TEST(Zip, AnEmptyArchiveHasNoEntries) {
  EXPECT_TRUE(ReadZip(Zipped({})).value().empty());
}

TEST(Zip, WritingRefusesNamesThatCouldNotBeUnpacked) {
  const auto message = [](std::vector<ZipEntry> entries) {
    return WriteZip(std::move(entries)).error().message();
  };

  EXPECT_EQ(message({{"/a", ""}}), "entry '/a' of a zip archive is absolute");
  EXPECT_EQ(message({{"a/../../b", ""}}),
            "entry 'a/../../b' of a zip archive leads out of the folder with '..'");
  EXPECT_EQ(message({{"a", "1"}, {"a", "2"}}), "entry 'a' stands twice in a zip archive");
}

// An archive whose entry "aaaaaaaaa" is renamed in both of its headers.
std::string WithName(std::string_view name) {
  std::string bytes = Zipped({{std::string(name.size(), 'a'), "x"}});
  for (std::size_t at = 0;
       (at = bytes.find(std::string(name.size(), 'a'), at)) != std::string::npos;) {
    bytes.replace(at, name.size(), name);
  }
  return bytes;
}

TEST(Zip, ReadingRefusesNamesThatLeadElsewhere) {
  const auto message = [](std::string_view name) {
    return ReadZip(WithName(name)).error().message();
  };

  EXPECT_EQ(message("/etc/passwd"), "entry '/etc/passwd' of the zip archive is absolute");
  EXPECT_EQ(message("../../evil"),
            "entry '../../evil' of the zip archive leads out of the folder with '..'");
  EXPECT_EQ(message("a\\..\\..\\b"),
            "entry 'a\\..\\..\\b' of the zip archive has a name of another system");
}

TEST(Zip, ReadingRefusesSymbolicLinks) {
  std::string bytes = Zipped({{"link", "/etc/passwd", 0777}});
  const std::size_t directory = bytes.find("PK\x01\x02");
  bytes[directory + 41] =
      static_cast<char>(0xA1);  // S_IFLNK | 0777 in the upper half of the attributes

  EXPECT_EQ(ReadZip(bytes).error().message(), "entry 'link' of the zip archive is a symbolic link");
}

TEST(Zip, LinksAreKeptWhereTheyAreWanted) {
  const std::string bytes =
      Zipped({{"a/file", "text"}, {.name = "b", .bytes = "a/file", .mode = 0777, .link = true}});
  const trunkline::tests::TemporaryFolder folder;
  DiskFiles files;

  ASSERT_TRUE(Unzip(bytes, folder.path() + "/out", files, {.links = true}).ok());

  EXPECT_EQ(*files.Read(folder.path() + "/out/b"), "text");
  EXPECT_FALSE(ReadZip(bytes).ok());
}

TEST(Zip, NothingIsUnpackedBehindALink) {
  const std::string bytes = Zipped(
      {{.name = "a", .bytes = "/tmp", .mode = 0777, .link = true}, {.name = "a/b", .bytes = "x"}});
  const trunkline::tests::TemporaryFolder folder;
  DiskFiles files;

  EXPECT_EQ(Unzip(bytes, folder.path() + "/out", files, {.links = true}).error().message(),
            "entry 'a/b' of the zip archive lies behind a link");
}

TEST(Zip, ReadingStopsAtTheLimits) {
  const std::string bomb =
      Zipped({{"a", std::string(1'000'000, '0')}, {"b", std::string(1'000'000, '0')}});
  ASSERT_LT(bomb.size(), 5000U);

  EXPECT_EQ(ReadZip(bomb, {.total_bytes = 1'500'000}).error().message(),
            "the zip archive unpacks to more bytes than are allowed, at entry 'b'");
  EXPECT_EQ(ReadZip(bomb, {.entries = 1}).error().message(),
            "the zip archive has more than 1 entries");
}

TEST(Zip, SaysHowLargeItWillBe) {
  EXPECT_EQ(UnpackedSize(Zipped({{"a.txt", "four"}, {"b.txt", "sixsix"}})).value(), 10U);
  EXPECT_FALSE(UnpackedSize("not a zip").ok());
}

TEST(Zip, DamageIsNoticed) {
  std::string bytes = Zipped({{"a.txt", "some text that is long enough"}});
  bytes[40] = static_cast<char>(bytes[40] ^ 0x55);

  EXPECT_EQ(ReadZip(bytes).error().message(), "entry 'a.txt' of the zip archive is damaged");
  EXPECT_EQ(ReadZip("not a zip").error().message(), "expected a zip archive but got other bytes");
  EXPECT_EQ(ReadZip("").error().message(), "expected a zip archive but got other bytes");
  EXPECT_FALSE(ReadZip(bytes.substr(0, bytes.size() - 10)).ok());
}

TEST(Zip, AFolderIsPackedWithoutWhatIsSkippedAndUnpackedAgain) {
  MemoryFiles files;
  ASSERT_TRUE(files.Write("src/bootstrap", "run", 0755).ok());
  ASSERT_TRUE(files.Write("src/lib/a.js", "a").ok());
  ASSERT_TRUE(files.Write("src/test/b.js", "b").ok());

  const std::string bytes = ZipFolder(files, "src", {"test/"}).value();
  ASSERT_TRUE(Unzip(bytes, "out", files).ok());

  EXPECT_THAT(ListRecursively(files, "out").value(), testing::ElementsAre("bootstrap", "lib/a.js"));
  EXPECT_TRUE(files.List("out").value().at(0).executable);
  EXPECT_EQ(files.Read("out/lib/a.js").value(), "a");
}

}  // namespace
}  // namespace trunkline
