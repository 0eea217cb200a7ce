// SPDX-License-Identifier: EPL-2.0
/** Trains LoRAs for published weights on a folder of pictures or on rendered heads. */
package org.eidolon.head.train.lora;
