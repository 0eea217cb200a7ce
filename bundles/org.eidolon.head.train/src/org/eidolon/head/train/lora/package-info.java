// SPDX-License-Identifier: EPL-2.0
/** Trains a LoRA of a published network on images or on renders. */
package org.eidolon.head.train.lora;
