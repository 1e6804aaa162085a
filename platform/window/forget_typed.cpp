// SPDX-License-Identifier: Apache-2.0
#include <SDL2/SDL.h>

#include "platform/window/window.h"

namespace vigil::platform {

void Window::forget_typed() {
  if (SDL_HasClipboardText() == SDL_TRUE) SDL_SetClipboardText("");
  // SDL keeps the places of past events in a list and uses them again, the letters still in them.
  // More of them than typing ever fills at once go through the list and overwrite it.
  constexpr int kPlaces = 4096;
  SDL_Event empty = {};
  empty.type = SDL_CLIPBOARDUPDATE;
  for (int count = 0; count < kPlaces; ++count) {
    if (SDL_PeepEvents(&empty, 1, SDL_ADDEVENT, SDL_FIRSTEVENT, SDL_LASTEVENT) != 1) break;
  }
  // Not the window's own events, nor wake()'s.
  SDL_FlushEvents(SDL_KEYDOWN, SDL_USEREVENT - 1);
}

}  // namespace vigil::platform
