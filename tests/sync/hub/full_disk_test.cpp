// SPDX-License-Identifier: Apache-2.0
//
// What a client hears from a hub whose disk is full: the hub's code and a real link between them.
#include <algorithm>
#include <mutex>

#include "sync/hub/http_server.h"
#include "sync/push.h"
#include "tests/sync/hub/hub_scene.h"

namespace vigil::hub {
namespace {

// Writes fail as on a full disk wherever the path begins with `full`.
class FullFiles final : public Files {
 public:
  explicit FullFiles(Files& under) : under_(under) {}
  std::string full = "nowhere";

  Result<Bytes> read(const std::string& path, std::uint64_t limit_bytes) override {
    return under_.read(path, limit_bytes);
  }
  Status write_atomically(const std::string& path, ByteView bytes, bool owner_only) override {
    VIGIL_TRY(room(path));
    return under_.write_atomically(path, bytes, owner_only);
  }
  Result<std::unique_ptr<ReadableFile>> open(const std::string& path) override {
    return under_.open(path);
  }
  Result<std::unique_ptr<WritableFile>> create(const std::string& path) override {
    VIGIL_TRY(room(path));
    return under_.create(path);
  }
  Result<std::unique_ptr<WritableFile>> append_to(const std::string& path) override {
    VIGIL_TRY(room(path));
    return under_.append_to(path);
  }
  Status rename(const std::string& from, const std::string& to) override {
    return under_.rename(from, to);
  }
  Status remove(const std::string& path) override { return under_.remove(path); }
  bool exists(const std::string& path) override { return under_.exists(path); }
  Status make_directories(const std::string& path) override {
    return under_.make_directories(path);
  }
  Result<std::vector<std::string>> list(const std::string& directory) override {
    return under_.list(directory);
  }

 private:
  Status room(const std::string& path) {
    if (!path.starts_with(full)) return {};
    return fail(ErrorKind::kStorage, "files.full", "The disk is full.");
  }
  Files& under_;
};

// For as long as a part of the hub's disk is full the push must say so; afterwards it goes through.
class FullDisk : public HubScene, public ::testing::WithParamInterface<const char*> {};

TEST_P(FullDisk, IsToldToTheClientAndNothingIsLost) {
  FullFiles disk(*files);
  std::mutex mutex;
  std::vector<std::string> told;
  auto opened = Hub::open(disk, clock, "hub", options, [&](const Event& event) {
    const std::lock_guard lock(mutex);
    told.push_back(std::string(event.what) + " " + event.outcome);
  });
  ASSERT_TRUE(opened.has_value());
  auto server =
      HttpServer::start({}, [&](const Request& request) { return (*opened)->begin(request); });
  ASSERT_TRUE(server.has_value());
  auto link = sync::HubLink::open({.hub_url = (*server)->url()});
  ASSERT_TRUE(link.has_value());
  const auto bundle = seal(1, {}, 50'000);
  const auto file = made.open(bundle.path);
  const auto sealed = sync::read_sealed(**file);
  ASSERT_TRUE(sealed.has_value());
  sync::DeliveryOptions delivery;
  delivery.patience.sleep = [](std::int64_t) {};

  disk.full = GetParam();
  const auto refused = sync::deliver(**link, *sealed, **file, office.roster, delivery);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().kind, ErrorKind::kUnavailable);
  EXPECT_EQ(refused.error().code, "sync.hub_full");
  EXPECT_NE(refused.error().message.find("disk is full"), std::string::npos);
  {
    const std::lock_guard lock(mutex);
    EXPECT_NE(std::ranges::find(told, "bundle.waiting files.full"), told.end());
  }
  disk.full = "nowhere";
  const auto delivered = sync::deliver(**link, *sealed, **file, office.roster, delivery);
  ASSERT_TRUE(delivered.has_value()) << delivered.error().message;
  EXPECT_EQ((*opened)->bundle_count(), 1U);
  server->reset();
}

INSTANTIATE_TEST_SUITE_P(Places, FullDisk, ::testing::Values("hub/", "hub/log/", "hub/uploads/"));

}  // namespace
}  // namespace vigil::hub
