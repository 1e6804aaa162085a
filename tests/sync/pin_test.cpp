// SPDX-License-Identifier: Apache-2.0
//
// The hub is known by its key alone: no certificate authority, no dates, no names, so that a tablet
// whose clock says 1970 or 2040 still reaches it, and nobody else can stand in for it.
#include <gtest/gtest.h>

#include "tests/sync/scene.h"

namespace vigil::sync {
namespace {

const std::string kVectors = std::string(VIGIL_SOURCE_DIR) + "/tests/vectors/hub/";
constexpr const char* kPin = "sha256//sgsudz6k7OjKuIwmk3iLPuVci4x11pTFtQ1J8To2UEI=";
constexpr const char* kOtherPin = "sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

class Pinned : public Scene {
 protected:
  void SetUp() override {
    office.write_hub_folder(*files, hub_folder);
    hub = std::make_unique<test::HubProcess>(
        hub_folder, std::vector<std::string>{"--tls-cert", kVectors + "tls-expired-2000.cert.pem",
                                             "--tls-key", kVectors + "tls.key.pem"});
    options.delivery.patience.sleep = [this](std::int64_t) { ++waits; };
    options.delivery.patience.tries = 2;
  }
  PushReport push_with(const std::string& pin, Outbox& outbox) {
    auto opened = HubLink::open({.hub_url = hub->url(), .pinned_key = pin});
    EXPECT_TRUE(opened.has_value());
    return push(**opened, outbox, office.roster, options);
  }
};

TEST_F(Pinned, TheRightKeyCountsAndTheDateDoesNot) {
  ASSERT_TRUE(hub->url().starts_with("https://"));
  ListOutbox outbox(*files);
  outbox.add(seal(1, 300'000));
  const PushReport report = push_with(kPin, outbox);
  ASSERT_FALSE(report.stopped.has_value()) << report.stopped->code;
  EXPECT_EQ(report.delivered.size(), 1U);
}

TEST_F(Pinned, AnotherKeyIsNotTheHub) {
  ListOutbox outbox(*files);
  outbox.add(seal(1));
  for (const std::string& pin : {std::string(kOtherPin), std::string()}) {
    const PushReport report = push_with(pin, outbox);
    ASSERT_TRUE(report.stopped.has_value());
    EXPECT_EQ(report.stopped->code, "sync.not_the_hub");
    EXPECT_EQ(log_size(), 0U);
  }
}

TEST(HubUrl, OnlyPlainAddressesAreTaken) {
  for (const char* bad : {"", "hub", "ftp://hub", "http://", "http://hub/path", "file:///etc",
                          "http://user@hub", "https://hub:99999"}) {
    const auto opened = HubLink::open({.hub_url = bad});
    ASSERT_FALSE(opened.has_value()) << bad;
    EXPECT_EQ(opened.error().code, "sync.url");
  }
  EXPECT_TRUE(HubLink::open({.hub_url = "https://hub.example.org/"}).has_value());
}

TEST(HubUrl, ALocationElsewhereIsNotTheHubs) {
  const auto hub = HubLink::open({.hub_url = "http://127.0.0.1:8080"});
  ASSERT_TRUE(hub.has_value());
  EXPECT_EQ(*(*hub)->resolve("/files", "/files/abc"), "/files/abc");
  EXPECT_EQ(*(*hub)->resolve("/files", "http://127.0.0.1:8080/files/abc"), "/files/abc");
  for (const char* bad : {"http://evil.example/files/abc", "//evil.example/x",
                          "https://127.0.0.1:8080/x", "http://127.0.0.1:81/x"}) {
    EXPECT_FALSE((*hub)->resolve("/files", bad).has_value()) << bad;
  }
}

}  // namespace
}  // namespace vigil::sync
