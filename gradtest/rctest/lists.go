package rctest

import "github.com/graduationkit/ringcentral/gradtest/rcapi"

// otherLists are the lists that their names do not give away, and those whose array has a name of its own.
func otherLists() domain {
	return domain{lists: map[string]string{
		rcapi.ReadUserCallLog.ID:                           "records",
		rcapi.ReadCompanyCallLog.ID:                        "records",
		rcapi.ReadIvrMenuList.ID:                           "records",
		rcapi.ReadExtensionFeatures.ID:                     "records",
		rcapi.GetExtensionEmergencyLocations.ID:            "records",
		rcapi.ReadAccountPresence.ID:                       "records",
		rcapi.ReadCallQueuePresence.ID:                     "records",
		rcapi.ReadExtensionCallQueuePresence.ID:            "records",
		rcapi.UpdateCallQueuePresence.ID:                   "records",
		rcapi.UpdateExtensionCallQueuePresence.ID:          "records",
		rcapi.ReadForwardingTargets.ID:                     "records",
		rcapi.ReadCallFlipSettings.ID:                      "records",
		rcapi.ReadGlipPostsNew.ID:                          "records",
		rcapi.ReadGlipThreadPostsNew.ID:                    "records",
		rcapi.ReadGlipEventsNew.ID:                         "records",
		"readA2PSMSOptOuts":                                "records",
		rcapi.GetSessionInsights.ID:                        "records",
		rcapi.GetBulkAddTaskResultsV2.ID:                   "records",
		rcapi.ReadMessageStoreReportArchive.ID:             "records",
		rcapi.UpdateFavoriteContactList.ID:                 "records",
		rcapi.UpdateUserCallQueues.ID:                      "records",
		rcapi.UpdateUserAssignedRoles.ID:                   "records",
		rcapi.UpdateUserAdministeredSites.ID:               "records",
		rcapi.ListVideoMeetings.ID:                         "meetings",
		rcapi.ListAccountMeetings.ID:                       "meetings",
		rcapi.GetAccountRecordings.ID:                      "recordings",
		rcapi.GetExtensionRecordings.ID:                    "recordings",
		rcapi.ListDataExportTasksNew.ID:                    "tasks",
		rcapi.ListExtensionsUsingForwardingDeviceTarget.ID: "referencedExtensions",
	}}
}
