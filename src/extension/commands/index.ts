/** What every command does. */
import type { Command } from '../parts';
import { addAccount } from './addAccount';
import { askAllResources } from './askAllResources';
import { chooseResource } from './chooseResource';
import { clearCalls } from './clearCalls';
import { copyAsCurl, copyAsNode, copyAsPython } from './copyAs';
import { copySid } from './copySid';
import { diagnoseAccount } from './diagnoseAccount';
import { editAccount } from './editAccount';
import { exploreSampleCalls } from './exploreSampleCalls';
import type { CommandId } from './ids';
import { lookupCall } from './lookupCall';
import { openCall } from './openCall';
import { openDashboard } from './openDashboard';
import { openRawJson } from './openRawJson';
import { pinCall, unpinCall } from './pinCall';
import { refreshCall } from './refreshCall';
import { refreshView } from './refreshView';
import { removeAccount } from './removeAccount';
import { removeCall } from './removeCall';
import { renameAccount } from './renameAccount';
import { copyReport, saveReport } from './reports';
import { rotateKeys } from './rotateKeys';
import { setActiveAccount } from './setActiveAccount';
import { showLiveCalls } from './showLiveCalls';
import { showLog } from './showLog';
import { showMoreCalls } from './showMoreCalls';
import { toggleMask } from './toggleMask';

export const COMMANDS: Readonly<Record<CommandId, Command>> = {
  'exotel.lookupCall': lookupCall,
  'exotel.openCall': openCall,
  'exotel.addAccount': addAccount,
  'exotel.exploreSampleCalls': exploreSampleCalls,
  'exotel.editAccount': editAccount,
  'exotel.renameAccount': renameAccount,
  'exotel.rotateKeys': rotateKeys,
  'exotel.chooseResource': chooseResource,
  'exotel.removeAccount': removeAccount,
  'exotel.setActiveAccount': setActiveAccount,
  'exotel.diagnoseAccount': diagnoseAccount,
  'exotel.refreshCall': refreshCall,
  'exotel.askAllResources': askAllResources,
  'exotel.pinCall': pinCall,
  'exotel.unpinCall': unpinCall,
  'exotel.removeCall': removeCall,
  'exotel.clearCalls': clearCalls,
  'exotel.copySid': copySid,
  'exotel.copyAsCurl': copyAsCurl,
  'exotel.copyAsPython': copyAsPython,
  'exotel.copyAsNode': copyAsNode,
  'exotel.copyReport': copyReport,
  'exotel.saveReport': saveReport,
  'exotel.openRawJson': openRawJson,
  'exotel.openDashboard': openDashboard,
  'exotel.showLiveCalls': showLiveCalls,
  'exotel.toggleMask': toggleMask,
  'exotel.showLog': showLog,
  'exotel.refreshView': refreshView,
  'exotel.showMoreCalls': showMoreCalls,
};
