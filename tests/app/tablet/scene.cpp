// SPDX-License-Identifier: Apache-2.0
#include "tests/app/tablet/scene.h"

#include <filesystem>

#include <SDL2/SDL.h>

namespace vigil::tablet {

Scene::Scene(std::string language) {
  options_.folder = world_.tablet();
  options_.language = std::move(language);
  options_.media_roots = {world_.folder().file("media")};
  options_.light_key = true;
  options_.version = "test";
  std::filesystem::create_directory(options_.media_roots.front());
  start_again();
}

void Scene::start_again() {
  robot_.reset();
  app_.reset();
  app_.emplace(vault::Host{world_.files(), world_.clock()}, options_);
  robot_.emplace(world_.clock(), [this](ui::Kit& kit) { return app_->frame(kit); });
}

void Scene::settle() {
  while (app_->busy()) {
    SDL_Delay(2);
    robot_->rest(2);
  }
  robot_->rest();
}

void Scene::unlock(std::string_view passphrase) {
  robot_->tap("unlock.passphrase");
  robot_->type(passphrase);
  robot_->tap("unlock.open");
  settle();
}

void Scene::start_visit() {
  robot_->tap("visits.new");
  robot_->tap("new.place");
  robot_->type("ИВС Ленинского района");
  robot_->tap("new.kind.comprehensive");
  robot_->tap("new.form.police-custody");
  robot_->tap("new.start");
}

void Scene::type_into(const std::string& key, std::string_view text) {
  robot_->tap(key);
  robot_->type(text);
  robot_->rest(1000);
}

std::string Scene::seal() {
  robot_->tap("section.closing");
  robot_->tap("page.review");
  robot_->hold("seal.hold", ui::kHold_ms + 100);
  settle();
  std::string code = robot_->text("sealed.code");
  robot_->tap("sealed.back");
  return code;
}

std::string Scene::plug_in(const std::string& name) {
  std::string folder = options_.media_roots.front() + "/" + name;
  std::filesystem::create_directory(folder);
  return folder;
}

}  // namespace vigil::tablet
