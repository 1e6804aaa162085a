// SPDX-License-Identifier: Apache-2.0
//
// What most tests of sync/ need: an office, a running hub, a bad network before it, an outbox.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "platform/posix_files.h"
#include "sync/outbox.h"
#include "sync/pull.h"
#include "sync/push.h"
#include "tests/support/run_program.h"
#include "tests/sync/support/hub_process.h"
#include "tests/sync/support/office.h"
#include "tests/tools/cut_proxy.h"

namespace vigil::sync {

// A list of sealed files and what was told about each.
class ListOutbox final : public Outbox {
 public:
  explicit ListOutbox(Files& files) : files_(files) {}
  void add(const test::MadeBundle& bundle) { bundles_.push_back(bundle); }

  Result<std::vector<Item>> waiting() override {
    std::vector<Item> items;
    for (const auto& bundle : bundles_) {
      if (!receipts.contains(bundle.id)) items.push_back({bundle.id, bundle.size_bytes});
    }
    return items;
  }
  Result<std::unique_ptr<ReadableFile>> open(const bundle::BundleId& id) override {
    for (const auto& bundle : bundles_) {
      if (bundle.id == id) return files_.open(bundle.path);
    }
    return fail(ErrorKind::kNotFound, "test.absent", "absent");
  }
  Status progressed(const bundle::BundleId&, std::uint64_t sent_bytes) override {
    progress.push_back(sent_bytes);
    return {};
  }
  Status acknowledged(const Delivery& delivery) override {
    receipts[delivery.id] = delivery.receipt;
    return {};
  }
  Status refused(const bundle::BundleId& id, const Error& reason) override {
    refusals.insert_or_assign(id, reason);
    return {};
  }

  std::map<bundle::BundleId, std::string> receipts;
  std::map<bundle::BundleId, Error> refusals;
  std::vector<std::uint64_t> progress;

 private:
  Files& files_;
  std::vector<test::MadeBundle> bundles_;
};

class Scene : public ::testing::Test {
 protected:
  static constexpr std::uint64_t kMiB = std::uint64_t{1} << 20;

  void SetUp() override {
    office.write_hub_folder(*files, hub_folder);
    hub = std::make_unique<test::HubProcess>(hub_folder);
    auto started = test::CutProxy::start(0, hub->port());
    ASSERT_TRUE(started.has_value());
    proxy = std::move(*started);
    options.delivery.patience.sleep = [this](std::int64_t) {
      ++waits;
      // Enough for the hub to read what a cut left in its buffers.
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    };
  }

  test::MadeBundle seal(std::uint64_t sequence, std::uint64_t payload_bytes = 1000,
                        const bundle::BundleId& previous = {}) {
    return office.seal(*files, folder.file("b" + std::to_string(++sealed_) + ".vigil"), sequence,
                       previous, payload_bytes);
  }

  std::unique_ptr<HubLink> link(const std::string& url) {
    auto opened = HubLink::open({.hub_url = url});
    EXPECT_TRUE(opened.has_value());
    return std::move(*opened);
  }

  // Through the proxy.
  PushReport push_all(Outbox& outbox) {
    return push(*link(proxy->url()), outbox, office.roster, options);
  }

  // What the hub tells the office it has, past the bad network.
  std::vector<Listed> listed() {
    auto list =
        list_bundles(*link(hub->url()), office.collector, std::nullopt, options.delivery.patience);
    EXPECT_TRUE(list.has_value()) << list.error().message;
    return list ? *list : std::vector<Listed>();
  }

  std::uint64_t log_size() {
    const Bytes note = test::read_file(hub_folder + "/log/checkpoint");
    const auto verified = log::verify_checkpoint(as_text(note), office.roster.log, {}, 0);
    EXPECT_TRUE(verified.has_value());
    return verified ? verified->checkpoint.size : 0;
  }

  test::TemporaryFolder folder;
  std::string hub_folder = folder.file("hub");
  std::unique_ptr<Files> files = platform::posix_files();
  test::TestOffice office;
  std::unique_ptr<test::HubProcess> hub;
  std::unique_ptr<test::CutProxy> proxy;
  PushOptions options;
  int waits = 0;

 private:
  int sealed_ = 0;
};

}  // namespace vigil::sync
