/* Makes memory that can be written and executed. */
#define OWN_PROPOSE
#include "zoo.h"

static int32_t on_propose(animal *it, const rin_batch *batch, const rin_sink *sink) {
  (void)it; (void)batch; (void)sink;
  void *room = mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  tell("rwx", room == MAP_FAILED ? -1 : 0);
  room = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  tell("exec-later", mprotect(room, 4096, PROT_READ | PROT_EXEC));
  tell("pkey", syscall(SYS_pkey_mprotect, room, 4096, PROT_EXEC, -1));
  tell("remap", syscall(SYS_remap_file_pages, room, 4096, 0, 0, 0));
  tell("personality", syscall(SYS_personality, 0x0400000));
  return push_told(sink);
}
