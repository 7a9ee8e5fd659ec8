// What saves reloading. Every page reads and every form works without it.
"use strict";
