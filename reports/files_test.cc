#include "reports/files.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <string>

namespace doorway {
namespace {

namespace fs = std::filesystem;

class FilesTest : public testing::Test {
 protected:
  FilesTest() { fs::create_directories(directory_); }
  ~FilesTest() override { fs::remove_all(directory_); }

  std::size_t FileCount() const {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(directory_), fs::directory_iterator()));
  }

  const std::string directory_ = testing::TempDir() + "/files_test." + std::to_string(getpid());
};

TEST_F(FilesTest, ReplacesTheWholeContent) {
  WriteFile(directory_ + "/a", "first, and long");
  WriteFile(directory_ + "/a", "second");
  EXPECT_EQ(ReadFile(directory_ + "/a"), "second");
  EXPECT_EQ(FileCount(), 1u);  // no temporary file is left
}

TEST_F(FilesTest, FollowsASymbolicLink) {
  WriteFile(directory_ + "/a", "old");
  fs::create_symlink(directory_ + "/a", directory_ + "/link");
  WriteFile(directory_ + "/link", "new");
  EXPECT_TRUE(fs::is_symlink(directory_ + "/link"));
  EXPECT_EQ(ReadFile(directory_ + "/a"), "new");
}

TEST_F(FilesTest, ADeviceIsWrittenToAndStays) {
  WriteFile("/dev/null", "nothing");
  EXPECT_TRUE(fs::is_character_file("/dev/null"));
  EXPECT_THROW(WriteFile("/dev/full", "too much"), FileError);
}

TEST_F(FilesTest, WhatCannotBeWrittenIsSaidBeforeAndAfter) {
  WriteFile(directory_ + "/file", "");
  for (const std::string& path : {directory_, directory_ + "/none/a", directory_ + "/file/a", std::string("/proc/a")}) {
    EXPECT_THROW(WriteFile(path, "x"), FileError) << path;
  }
  for (const std::string& path : {directory_, directory_ + "/none/a", directory_ + "/file/a"}) {
    EXPECT_THROW(CheckWritable(path), FileError) << path;
  }
  EXPECT_THROW(CheckMakeable(directory_ + "/file/a/b"), FileError);
  EXPECT_THROW(MakeDirectories(directory_ + "/file/a/b"), FileError);
  CheckWritable(directory_ + "/a");
  CheckMakeable(directory_ + "/a/b/c");
  EXPECT_EQ(FileCount(), 1u);  // checks touch nothing
}

TEST_F(FilesTest, WhatCannotBeReadIsSaid) {
  EXPECT_THROW(ReadFile(directory_), FileError);
  EXPECT_THROW(ReadFile(directory_ + "/none"), FileError);
}

}  // namespace
}  // namespace doorway
